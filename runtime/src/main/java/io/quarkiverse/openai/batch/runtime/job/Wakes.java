package io.quarkiverse.openai.batch.runtime.job;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.Task;

/** Has a client looked at its batches when its provider says that one has changed, at most once a second. */
final class Wakes {

    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final JobEnvironment jobs;
    private final Map<String, Instant> turns = new HashMap<>();

    Wakes(JobEnvironment jobs) {
        this.jobs = jobs;
    }

    /** A batch of no job does not concern us, unless the id of one that is being created is not known yet. */
    boolean changed(String client, String batchId) {
        boolean concerned = active(client)
                .anyMatch(chunk -> chunk.state() != ChunkState.WATCHED || batchId.equals(chunk.remote().batchId()));
        if (concerned) {
            jobs.queue().schedule(Task.watch(client), turn(client));
        }
        return concerned;
    }

    private Stream<ChunkRow> active(String client) {
        return jobs.store().unended().stream().filter(JobRow::isUnderWay).filter(job -> job.client().equals(client))
                .flatMap(job -> jobs.store().chunks(job.name()).stream()).filter(chunk -> chunk.state().isActive());
    }

    /** When it is looked at next; all that come before then share it. */
    private synchronized Instant turn(String client) {
        Instant now = jobs.clock().instant();
        Instant given = turns.get(client);
        if (given != null && given.isAfter(now)) {
            return given;
        }
        Instant turn = given == null || given.plus(BETWEEN).isBefore(now) ? now : given.plus(BETWEEN);
        turns.put(client, turn);
        return turn;
    }
}
