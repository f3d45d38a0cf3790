package io.quarkiverse.openai.batch.runtime.job.setup;

import io.quarkiverse.openai.batch.job.JobReport.Question;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;

/** A job cannot go on without a person. The message is what the person is told. */
public final class PauseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Question question;
    private final String version;

    public PauseException(String reason) {
        super(reason);
        this.question = null;
        this.version = null;
    }

    /**
     * @param question what the person decides about by resuming the job
     * @param job as it was looked at
     */
    public PauseException(String reason, Question question, JobRow job) {
        super(reason);
        this.question = question;
        this.version = job.terms().version();
    }

    /**
     * Whether a job can be paused for it: a question that is agreed to, of another version, or of a job that is being stopped
     * is late.
     */
    public boolean isFor(JobRow job) {
        return question == null || !job.isStopped() && !job.isAgreed(question) && job.terms().version().equals(version);
    }

    /** Null if there is something to mend, and nothing to decide. */
    public Question question() {
        return question;
    }
}
