package io.quarkiverse.openai.batch.runtime.job.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.quarkiverse.openai.batch.runtime.job.batch.Watch;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException;
import io.quarkiverse.openai.batch.runtime.job.setup.GivingUp;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.setup.PauseException;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.Task;

/** Looks at the batches of all jobs of a client. */
final class WatchTask {

    private final JobEnvironment jobs;
    private final JobTasks tasks;
    private final AccountCheck account;
    private final Watch watch;
    private final GivingUp givingUp;

    WatchTask(JobEnvironment jobs, JobTasks tasks, AccountCheck account, Watch watch) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.account = account;
        this.watch = watch;
        this.givingUp = new GivingUp(jobs);
    }

    /** When to look again; empty if there is nothing to watch. */
    Optional<Instant> run(String client) {
        List<JobRow> ofClient = jobs.store().unended().stream().filter(job -> job.client().equals(client) && job.isUnderWay()
                && !givingUp.isDue(job)).toList();
        if (ofClient.isEmpty()) {
            return Optional.empty();
        }
        JobClient jobClient = jobs.clients().apply(client);
        List<ChunkRow> chunks = ofClient.stream().filter(job -> isReachable(job, jobClient))
                .flatMap(job -> jobs.store().chunks(job.name()).stream()).toList();
        List<ChunkRow> active = chunks.stream().filter(chunk -> chunk.state().isActive()).toList();
        if (active.isEmpty() && chunks.stream().noneMatch(chunk -> chunk.state().isWaiting())) {
            return Optional.empty();
        }
        watch.run(client, chunks, jobClient, tasks::advance);
        tasks.admit(jobClient.account());
        if (active.isEmpty()) {
            return Optional.empty();
        }
        Instant now = jobs.clock().instant();
        Duration youngest = active.stream().map(chunk -> chunk.remote().createdAt()).filter(Objects::nonNull)
                .map(created -> Duration.between(created, now)).min(Duration::compareTo).orElse(Duration.ZERO);
        return Optional.of(now.plus(jobClient.settings().pollInterval(youngest)));
    }

    /** Whether the client reaches the account of a job. If not, a task of the job reports why, and the look continues. */
    private boolean isReachable(JobRow job, JobClient client) {
        try {
            account.run(job, client);
            return true;
        } catch (PauseException | ProviderException e) {
            tasks.now(Task.finish(job.name()));
            return false;
        }
    }
}
