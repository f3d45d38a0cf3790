package io.quarkiverse.openai.batch.runtime.job.batch;

import java.time.Duration;
import java.time.Instant;

import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow.NotFound;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow.NotFound.What;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;

/** What the provider answers with 404 may come back; if it has done so three times in a row over ten minutes, it is gone. */
public final class NotFoundGrace {

    private static final Duration GONE_FOR = Duration.ofMinutes(10);
    private static final int GONE_TIMES = 3;

    private NotFoundGrace() {
    }

    /** The chunk with one more 404. Another thing that is not found begins a row of its own. */
    public static ChunkRow noted(ChunkRow chunk, What what, Instant now) {
        NotFound before = chunk.waiting().notFound();
        boolean again = before != null && before.what() == what;
        return chunk.with(chunk.waiting().with(
                new NotFound(what, again ? before.times() + 1 : 1, again ? before.since() : now)));
    }

    /** Whether what was not found for the chunk is gone. */
    public static boolean isFinal(ChunkRow chunk, SteadyClock clock) {
        NotFound answers = chunk.waiting().notFound();
        return answers != null && answers.times() >= GONE_TIMES && clock.hasPassed(GONE_FOR, answers.since());
    }
}
