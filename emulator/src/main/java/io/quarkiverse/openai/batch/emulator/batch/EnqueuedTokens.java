package io.quarkiverse.openai.batch.emulator.batch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Prompt tokens of the active batches, by model. What was enqueued when is kept, since batches are not looked at in the order
 * in which things happened to them.
 */
public final class EnqueuedTokens {

    private final List<Entry> entries = new ArrayList<>();

    /** Counts a batch's tokens in from a time on, or returns null if there would be more than the limit. */
    synchronized Entry enqueue(String model, long tokens, Instant from, long limit) {
        long enqueued = 0;
        for (Entry entry : entries) {
            enqueued += Objects.equals(entry.model, model) && entry.activeAt(from) ? entry.tokens : 0;
        }
        if (limit > 0 && enqueued + tokens > limit) {
            return null;
        }
        Entry entry = new Entry(model, tokens, from);
        entries.add(entry);
        return entry;
    }

    synchronized void release(Entry entry, Instant at) {
        entry.until = at;
    }

    static final class Entry {
        private final String model;
        private final long tokens;
        private final Instant from;
        private Instant until = Instant.MAX;

        private Entry(String model, long tokens, Instant from) {
            this.model = model;
            this.tokens = tokens;
            this.from = from;
        }

        private boolean activeAt(Instant time) {
            return !time.isBefore(from) && time.isBefore(until);
        }
    }
}
