package io.quarkiverse.openai.batch.runtime.job.engine;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.Task;

/** Takes a chunk from step to step, until it has to wait or the watch takes over. */
final class ChunkTask {

    private final JobEnvironment jobs;
    private final JobTasks tasks;
    private final AccountCheck account;
    private final ChunkSteps steps;

    ChunkTask(JobEnvironment jobs, JobTasks tasks, AccountCheck account, ChunkSteps steps) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.account = account;
        this.steps = steps;
    }

    /** When to run it again; empty for not again. */
    Optional<Instant> run(Task task, BooleanSupplier stopping) throws IOException {
        while (!stopping.getAsBoolean()) {
            Optional<JobRow> job = jobs.store().job(task.job()).filter(row -> row.isUnderWay() && !row.reading().replaced());
            Optional<ChunkRow> chunk = jobs.store().chunk(task.job(), task.chunk()).filter(row -> !row.state().isTerminal());
            if (job.isEmpty() || chunk.isEmpty()) {
                return Optional.empty();
            }
            JobClient client = jobs.client(job.get());
            account.run(job.get(), client);
            ChunkRow next = steps.step(chunk.get(), job.get(), client);
            scheduleOthers(chunk.get(), next);
            if (next.state().isActive()) {
                jobs.queue().schedule(Task.watch(job.get().client()),
                        jobs.clock().instant().plus(client.settings().shortestPoll()));
                return Optional.empty();
            } else if (next.state() != ChunkState.DONE && next.version() == chunk.get().version()) {
                return steps.next(next, job.get(), client);
            }
        }
        return Optional.empty();
    }

    private void scheduleOthers(ChunkRow before, ChunkRow after) {
        if (after.state() == ChunkState.COLLECTED && !before.state().isCollected() || after.state() == ChunkState.DONE) {
            tasks.advanceChildren(after);
        }
        if (after.state() == ChunkState.DONE) {
            tasks.now(Task.finish(after.job()));
        }
    }
}
