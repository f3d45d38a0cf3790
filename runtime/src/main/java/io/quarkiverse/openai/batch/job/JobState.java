package io.quarkiverse.openai.batch.job;

/** Where a job stands. */
public enum JobState {
    /** On its way. */
    RUNNING,
    /** Stopped by something that needs a person, such as a refused key; {@link BatchJob#resume()} goes on. */
    PAUSED,
    /** Its source was not read to the end and is gone; submitting the job again goes on. */
    INTERRUPTED,
    /**
     * Being brought to its end before all is done, since it was asked to, its deadline has passed, or it would spend more than
     * it may: nothing more is sent, and what was answered is being collected.
     */
    CANCELLING,
    /** Each line has its outcome. Terminal. */
    FINISHED,
    /** Ended before all was done; what was answered until then is there. Terminal, but for {@link BatchJob#rerun}. */
    CANCELLED;

    public boolean isTerminal() {
        return this == FINISHED || this == CANCELLED;
    }
}
