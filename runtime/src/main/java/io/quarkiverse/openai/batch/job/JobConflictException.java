package io.quarkiverse.openai.batch.job;

/** There is a job of that name already, with another version or of another account. */
public class JobConflictException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public JobConflictException(String message) {
        super(message);
    }
}
