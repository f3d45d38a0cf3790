package io.quarkiverse.openai.batch.job;

/** A job is paused or interrupted and does not continue by itself. The message says why and what to do. */
public class JobStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient JobReport report;

    public JobStoppedException(String message, JobReport report) {
        super(message);
        this.report = report;
    }

    public JobReport report() {
        return report;
    }
}
