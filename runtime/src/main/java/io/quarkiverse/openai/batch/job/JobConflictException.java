package io.quarkiverse.openai.batch.job;

/** There is another job of that name. */
public class JobConflictException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public JobConflictException(String message) {
        super(message);
    }
}
