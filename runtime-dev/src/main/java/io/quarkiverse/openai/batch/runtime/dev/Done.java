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

    /** What is thrown is told: it would be logged as an error of Quarkus. */
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
