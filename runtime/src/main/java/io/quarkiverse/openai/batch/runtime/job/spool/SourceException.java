package io.quarkiverse.openai.batch.runtime.job.spool;

/** The source of a job cannot be read on. The message is what the person is told who can submit the job again. */
public final class SourceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SourceException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
