package io.quarkiverse.openai.batch.runtime.job.batch;

import java.time.Duration;
import java.time.Instant;

import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;

/** What the provider answers with 404 may come back; if it has done so three times over ten minutes, it is gone. */
public final class NotFoundGrace {

    private static final Duration GONE_FOR = Duration.ofMinutes(10);
    private static final int GONE_TIMES = 3;

    private NotFoundGrace() {
    }

    /** The chunk with one more 404. */
    public static ChunkRow noted(ChunkRow chunk, Instant now) {
        int before = chunk.waiting().notFound();
        Instant since = before == 0 ? now : chunk.waiting().notFoundSince();
        return chunk.with(chunk.waiting().withNotFound(before + 1, since));
    }

    /** Whether what was not found for the chunk is gone. */
    public static boolean isFinal(ChunkRow chunk, SteadyClock clock) {
        return chunk.waiting().notFound() >= GONE_TIMES && clock.hasPassed(GONE_FOR, chunk.waiting().notFoundSince());
    }
}
