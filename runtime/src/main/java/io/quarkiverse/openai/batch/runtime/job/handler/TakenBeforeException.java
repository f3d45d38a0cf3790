package io.quarkiverse.openai.batch.runtime.job.handler;

/**
 * A handler has taken lines before, in a transaction whose end was not answered: it had committed. What the handler writes now
 * must not be there a second time.
 */
final class TakenBeforeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TakenBeforeException() {
        super("The lines were taken before");
    }
}
