package io.quarkiverse.openai.batch.runtime.job.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.jsonl.Usage;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.State;
import io.quarkiverse.openai.batch.runtime.job.store.JobTerms.Guard;

/** Rows for tests. */
public final class Rows {

    public static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");

    /** A day later. */
    public static final InstantSource CLOCK = InstantSource.fixed(NOW.plus(Duration.ofDays(1)));

    private Rows() {
    }

    public static JobRow job(String name) {
        return job(name, 0, Guard.NONE);
    }

    public static JobRow job(String name, int priority, Guard guard) {
        return JobRow.submitted(name, new JobTerms("1", "<default>", "account", false, null, priority,
                Map.of("team", "a"), NOW, guard, Set.of(), null), NOW);
    }

    public static ChunkRow chunk(String job, int number) {
        return chunk(job, number, 2, null, 5);
    }

    /** Lines of the source, with as many tokens in their answers as in their prompts. */
    public static ChunkRow chunk(String job, int number, long lines, String model, long tokens) {
        return ChunkRow.spooled(job, number,
                new ChunkRow.Input("batch.jsonl", lines, 20, tokens, tokens, "00", model, 1, 0, false));
    }

    /** A chunk that sends lines of another one again. */
    public static ChunkRow child(ChunkRow parent, int number, long lines) {
        return ChunkRow.spooled(parent.job(), number, new ChunkRow.Input("batch.jsonl", lines, 20, 5, 5, "00",
                parent.input().model(), parent.input().attempt() + 1, parent.number(), false));
    }

    /** A chunk in a state, however it came there. */
    public static ChunkRow in(ChunkState state, ChunkRow chunk) {
        return new ChunkRow(chunk.job(), chunk.number(), state, chunk.input(), chunk.files(), chunk.remote(), chunk.waiting(),
                chunk.tally(),
                chunk.handed(), chunk.version());
    }

    /** A chunk whose batch is under way. */
    public static ChunkRow watched(ChunkRow chunk, String batch, Instant createdAt) {
        return in(ChunkState.WATCHED, chunk.with(chunk.remote().withFile("file-of-" + batch, createdAt)
                .withBatch(new RemoteBatch(batch, State.RUNNING, "in_progress",
                        "file-of-" + batch, createdAt, null, null, null, null, List.of()))));
    }

    /** A chunk whose batch may be being created. */
    public static ChunkRow creating(ChunkRow chunk, Instant intentAt) {
        return in(ChunkState.CREATING, chunk.with(chunk.remote().withFile("file-of-" + chunk.number(), intentAt)
                .withIntent(intentAt, intentAt)));
    }

    /** A chunk whose lines have these outcomes. */
    public static ChunkRow collected(ChunkRow chunk, Map<Outcome, Long> outcomes, long inputTokens, long outputTokens) {
        return in(ChunkState.COLLECTED, chunk.with(Tally.of(outcomes, 0,
                new Usage(inputTokens, outputTokens, inputTokens + outputTokens, 0, 0), List.of("invalid_value"))));
    }
}
