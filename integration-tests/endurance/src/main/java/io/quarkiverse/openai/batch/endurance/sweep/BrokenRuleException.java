package io.quarkiverse.openai.batch.endurance.sweep;

/** Something that always holds did not. The message says what, and by which seed. */
public class BrokenRuleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrokenRuleException(String message) {
        super(message);
    }
}
