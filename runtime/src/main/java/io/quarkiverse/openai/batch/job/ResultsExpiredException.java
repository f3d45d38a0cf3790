package io.quarkiverse.openai.batch.job;

/** The provider has deleted the files with a job's results. */
public class ResultsExpiredException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ResultsExpiredException(String message, Throwable cause) {
        super(message, cause);
    }
}
