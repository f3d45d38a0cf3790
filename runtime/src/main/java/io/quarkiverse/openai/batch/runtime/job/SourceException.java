package io.quarkiverse.openai.batch.runtime.job;

/** The source of a job cannot be read on. The message is what the person is told who can submit the job again. */
final class SourceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SourceException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
