package io.quarkiverse.openai.batch.emulator.api;

import java.time.Instant;

/** What a request does once it has been read. */
public interface Effect {

    /** Does it, as of a time. Blocks. */
    Reply apply(Instant now);

    /** Gives up what was read for it. */
    default void discard() {
    }
}
