package io.quarkiverse.openai.batch.emulator.batch;

import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A batch object. There are no timers: its state is a function of the clock, worked out whenever somebody looks. */
public interface Batch {

    /** Time from creation to expiry: the only completion window there is. */
    Duration COMPLETION_WINDOW = Duration.ofHours(24);

    String id();

    Instant createdAt();

    /** How long after its creation it is missing from the listing. */
    Duration listingLag();

    /** How long after its creation it cannot be found by its id. */
    Duration retrievalLag();

    /** Whether somebody else made it. */
    boolean foreign();

    /** Moves the batch to the state it has at a time, or as near to it as the deadline allows. */
    void advance(Instant now, Deadline deadline);

    BatchStatus status();

    /** Asks for cancellation at a time. */
    Cancellation cancel(Instant now);

    /**
     * The batch as the API shows it.
     *
     * @param truth without misbehaviour
     */
    ObjectNode toJson(Instant now, boolean truth);

    /** Gives up the batch, and what it holds on disk. */
    void discard();

    /** What becomes of a request to cancel. */
    enum Cancellation {
        /** The batch is being cancelled. */
        ACCEPTED,
        /** It has ended already. */
        ENDED,
        /** It was being cancelled already, and misbehaves. */
        REPEATED
    }
}
