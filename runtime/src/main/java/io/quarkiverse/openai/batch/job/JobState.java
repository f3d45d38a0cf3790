package io.quarkiverse.openai.batch.job;

/** The state of a job. */
public enum JobState {
    /** The job is read, sent and collected. */
    RUNNING,
    /** Something needs a person, such as a refused key. {@link BatchJob#resume()} continues. */
    PAUSED,
    /** Its source was not read to its end and is gone. Submitting the job again continues. */
    INTERRUPTED,
    /**
     * The job ends early: it was cancelled, its deadline has passed, or it would use more than it may. Nothing more is sent,
     * and
     * the answers so far are collected.
     */
    CANCELLING,
    /** Each line has its outcome. Terminal, except for {@link BatchJob#rerun}. */
    FINISHED,
    /** The job ended early; the answers until then were collected. Terminal, except for {@link BatchJob#rerun}. */
    CANCELLED;

    public boolean isTerminal() {
        return this == FINISHED || this == CANCELLED;
    }
}
