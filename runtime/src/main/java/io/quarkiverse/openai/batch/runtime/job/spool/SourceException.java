package io.quarkiverse.openai.batch.runtime.job.spool;

/** The source of a job cannot be read further. The message is for the person who can submit the job again. */
public final class SourceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SourceException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
