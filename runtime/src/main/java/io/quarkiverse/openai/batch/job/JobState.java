package io.quarkiverse.openai.batch.job;

/** Where a job stands. */
public enum JobState {
    /** On its way. */
    RUNNING,
    /** Stopped by something that needs a person, such as a refused key; {@link BatchJob#resume()} goes on. */
    PAUSED,
    /** Its source was not read to the end and is gone; submitting the job again goes on. */
    INTERRUPTED,
    /** Being cancelled: what was answered until now is being collected. */
    CANCELLING,
    /** Each line has its outcome. Terminal. */
    FINISHED,
    /** Cancelled; what was answered until then is there. Terminal. */
    CANCELLED;

    public boolean isTerminal() {
        return this == FINISHED || this == CANCELLED;
    }
}
