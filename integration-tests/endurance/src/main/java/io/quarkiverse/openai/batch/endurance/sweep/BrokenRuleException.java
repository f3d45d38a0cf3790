package io.quarkiverse.openai.batch.endurance.sweep;

/** An invariant was broken. The message names it and the seed. */
public class BrokenRuleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrokenRuleException(String message) {
        super(message);
    }
}
