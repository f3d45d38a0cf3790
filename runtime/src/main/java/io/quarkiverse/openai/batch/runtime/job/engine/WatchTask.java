package io.quarkiverse.openai.batch.runtime.job.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.quarkiverse.openai.batch.runtime.job.batch.Watch;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.Task;

/** Looks at the batches of all jobs of a client. */
final class WatchTask {

    private final JobEnvironment jobs;
    private final JobTasks tasks;
    private final AccountCheck account;
    private final Watch watch;

    WatchTask(JobEnvironment jobs, JobTasks tasks, AccountCheck account, Watch watch) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.account = account;
        this.watch = watch;
    }

    /** When to look again; empty if there is nothing to watch. */
    Optional<Instant> run(String client) {
        List<JobRow> ofClient = jobs.store().jobs().stream().filter(job -> job.client().equals(client) && job.isUnderWay())
                .toList();
        List<ChunkRow> chunks = ofClient.stream().flatMap(job -> jobs.store().chunks(job.name()).stream()).toList();
        List<ChunkRow> active = chunks.stream().filter(chunk -> chunk.state().isActive()).toList();
        if (active.isEmpty()) {
            return Optional.empty();
        }
        JobClient jobClient = jobs.clients().apply(client);
        ofClient.forEach(job -> account.run(job, jobClient));
        List<ChunkRow> ended = chunks.stream().filter(ChunkRow::hasEnded).toList();
        // a chunk whose create is being sent must not be looked for
        List<ChunkRow> settled = active.stream().filter(chunk -> !jobs.queue().has(Task.advance(chunk))).toList();
        watch.run(settled, ended, jobClient, tasks::advance);
        Instant now = jobs.clock().instant();
        Duration youngest = active.stream().map(chunk -> chunk.remote().createdAt()).filter(Objects::nonNull)
                .map(created -> Duration.between(created, now)).min(Duration::compareTo).orElse(Duration.ZERO);
        return Optional.of(now.plus(jobClient.settings().pollInterval(youngest)));
    }
}
