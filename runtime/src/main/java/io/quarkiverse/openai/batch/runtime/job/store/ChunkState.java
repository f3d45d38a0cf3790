package io.quarkiverse.openai.batch.runtime.job.store;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The state of a chunk. Each is entered before or after a call to the provider, never during one. */
public enum ChunkState {
    /** Its lines are in a file. */
    SPOOLED,
    /** The upload of its file was decided; its result is not known. */
    UPLOADING,
    /** Its file is at the provider, and its id is known. */
    UPLOADED,
    /** The account has room for its batch. */
    ADMITTED,
    /** The create of its batch was decided; its result is not known. */
    CREATING,
    /** It is not known whether its batch was created, the provider cannot tell, and a person must. */
    OPEN,
    /** Its batch is at the provider, and its id is known. */
    WATCHED,
    /** Its batch has ended. */
    ENDED,
    /** Its batch was refused as a whole, for a reason that a person must fix. */
    REFUSED,
    /** The provider no longer knows its batch. */
    GONE,
    /** Each of its lines has an outcome, or is in another chunk. */
    COLLECTED,
    /** All handlers of its job have had its lines. */
    HANDED_OVER,
    /** It was done, and some of its lines are to be sent again. */
    RERUNNING,
    /** It is done. */
    DONE;

    /** Those in which a batch is at the provider and has not ended, or may be so. */
    public static final Set<ChunkState> ACTIVE = Collections.unmodifiableSet(EnumSet.of(CREATING, OPEN, WATCHED));

    private static final Map<ChunkState, Set<ChunkState>> MOVES = new EnumMap<>(Map.ofEntries(
            Map.entry(SPOOLED, EnumSet.of(UPLOADING, COLLECTED)),
            Map.entry(UPLOADING, EnumSet.of(UPLOADED, COLLECTED)),
            Map.entry(UPLOADED, EnumSet.of(ADMITTED, WATCHED, COLLECTED)),
            Map.entry(ADMITTED, EnumSet.of(UPLOADED, CREATING, WATCHED, COLLECTED)),
            Map.entry(CREATING, EnumSet.of(UPLOADED, OPEN, WATCHED, COLLECTED)),
            Map.entry(OPEN, EnumSet.of(UPLOADED, WATCHED, COLLECTED)),
            Map.entry(WATCHED, EnumSet.of(ENDED, GONE, COLLECTED)),
            Map.entry(ENDED, EnumSet.of(UPLOADED, REFUSED, GONE, COLLECTED)),
            Map.entry(REFUSED, EnumSet.of(UPLOADED, COLLECTED)),
            Map.entry(GONE, EnumSet.of(WATCHED, COLLECTED)),
            Map.entry(COLLECTED, EnumSet.of(HANDED_OVER, DONE)),
            Map.entry(HANDED_OVER, EnumSet.of(DONE)),
            Map.entry(RERUNNING, EnumSet.of(HANDED_OVER, DONE)),
            Map.entry(DONE, EnumSet.of(CREATING, WATCHED, RERUNNING))));

    /** The states that may come next. */
    public Set<ChunkState> next() {
        return Collections.unmodifiableSet(MOVES.get(this));
    }

    /** Whether its lines have outcomes. */
    public boolean isCollected() {
        return compareTo(COLLECTED) >= 0;
    }

    /** Whether its batch is at the provider and has not ended, or may be so. */
    public boolean isActive() {
        return ACTIVE.contains(this);
    }

    /** Whether nothing was created for it yet. */
    public boolean isBeforeCreate() {
        return compareTo(ADMITTED) <= 0;
    }

    /** Whether its file is at the provider, and waits for a batch. */
    public boolean isWaiting() {
        return this == UPLOADED || this == ADMITTED;
    }

    public boolean isTerminal() {
        return this == DONE;
    }
}
