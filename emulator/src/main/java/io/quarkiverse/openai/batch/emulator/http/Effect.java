package io.quarkiverse.openai.batch.emulator.http;

import java.time.Instant;

import io.quarkiverse.openai.batch.emulator.api.Reply;

/** What a request does once it has been read. */
interface Effect {

    /** Does it, as of a time. Blocks. */
    Reply apply(Instant now);

    /** Gives up what was read for it. */
    default void discard() {
    }
}
