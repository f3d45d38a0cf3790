package io.quarkiverse.openai.batch.runtime.job.store;

/** How far a chunk is on its way. Each state is entered before or after an effect outside, never during one. */
public enum ChunkState {
    /** Its lines are in a file here. */
    SPOOLED,
    /** Its file may be being uploaded: the intent is known, the effect is not. */
    UPLOADING,
    /** Its file is at the provider, and its id is known. */
    UPLOADED,
    /** Its batch may be being created: the intent is known, the effect is not. */
    CREATING,
    /** Its batch is at the provider, and its id is known. */
    WATCHED,
    /** Its batch has ended. */
    ENDED,
    /** Its batch was refused as a whole, for what a person must mend. */
    REFUSED,
    /** The provider does not know its batch any more. */
    GONE,
    /** What became of each of its lines is known. */
    COLLECTED,
    /** The handlers of its job are past its lines. */
    HANDED_OVER,
    /** Nothing was left to do for it, but some of its lines are to be run again. */
    RERUNNING,
    /** Nothing is left to do for it. */
    DONE;

    /** Whether what became of its lines is known. */
    public boolean isCollected() {
        return compareTo(COLLECTED) >= 0;
    }

    /** Whether its batch is at the provider and has not ended, or may be so. */
    public boolean isActive() {
        return this == WATCHED || this == CREATING;
    }

    /** Whether nothing was created for it yet. */
    public boolean isBeforeCreate() {
        return compareTo(UPLOADED) <= 0;
    }

    public boolean isTerminal() {
        return this == DONE;
    }
}
