package io.quarkiverse.openai.batch.job;

/** The results of a job were deleted after they were handed over: {@code jobs.results} is {@code delete-when-handled}. */
public class ResultsExpiredException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ResultsExpiredException(String message) {
        super(message);
    }
}
