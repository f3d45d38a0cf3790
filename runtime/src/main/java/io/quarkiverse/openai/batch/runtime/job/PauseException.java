package io.quarkiverse.openai.batch.runtime.job;

/** A job cannot go on without a person. The message is what the person is told. */
final class PauseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PauseException(String reason) {
        super(reason);
    }
}
