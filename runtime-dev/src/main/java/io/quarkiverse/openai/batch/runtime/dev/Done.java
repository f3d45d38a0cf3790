package io.quarkiverse.openai.batch.runtime.dev;

import java.util.concurrent.Callable;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.jsonl.SafeText;

/**
 * Whether something was done.
 *
 * @param message what was done, or why not
 */
public record Done(boolean done, String message) {

    private static final Logger LOG = Logger.getLogger(Done.class);
    private static final int MESSAGE = 1_000;

    /** Returns what is thrown as a message: Quarkus would log it as an error. */
    static Done of(Callable<String> action) {
        try {
            return new Done(true, action.call());
        } catch (Exception e) {
            LOG.debug("An action of the Dev UI failed", e);
            return refused(e.getMessage());
        }
    }

    static Done refused(String why) {
        return new Done(false, SafeText.of(why, MESSAGE));
    }
}
