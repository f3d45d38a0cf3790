package io.quarkiverse.openai.batch.runtime.job.setup;

import io.quarkiverse.openai.batch.job.JobReport.Question;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;

/** A job cannot continue without a person. The message is for that person. */
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
     * @param question what the person agrees to by resuming the job
     * @param job the row that the question is about
     */
    public PauseException(String reason, Question question, JobRow job) {
        super(reason);
        this.question = question;
        this.version = job.terms().version();
    }

    /**
     * Whether the job must be paused: not for a question that was agreed to, that is about another version, or that comes while
     * the job is being stopped.
     */
    public boolean isFor(JobRow job) {
        return question == null || !job.isStopped() && !job.isAgreed(question) && job.terms().version().equals(version);
    }

    /** Null if there is something to fix and nothing to decide. */
    public Question question() {
        return question;
    }
}
