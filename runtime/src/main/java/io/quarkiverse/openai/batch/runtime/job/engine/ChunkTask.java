package io.quarkiverse.openai.batch.runtime.job.engine;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import io.quarkiverse.openai.batch.runtime.job.collect.AnswerChecks;
import io.quarkiverse.openai.batch.runtime.job.log.StepTraces;
import io.quarkiverse.openai.batch.runtime.job.setup.GivingUp;
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
    private final Troubles troubles;
    private final AnswerChecks checks;
    private final GivingUp givingUp;
    private final StepTraces traces;

    ChunkTask(JobEnvironment jobs, JobTasks tasks, AccountCheck account, ChunkSteps steps, AnswerChecks checks,
            Troubles troubles) {
        this.checks = checks;
        this.jobs = jobs;
        this.tasks = tasks;
        this.account = account;
        this.steps = steps;
        this.troubles = troubles;
        this.givingUp = new GivingUp(jobs);
        this.traces = new StepTraces(jobs.store(), jobs.traces());
    }

    /** When to run it again; empty for not again. */
    Optional<Instant> run(Task task, BooleanSupplier stopping) throws IOException {
        while (!stopping.getAsBoolean()) {
            Optional<JobRow> job = jobs.store().job(task.job()).filter(row -> row.isUnderWay() && !row.reading().replaced());
            Optional<ChunkRow> chunk = jobs.store().chunk(task.job(), task.chunk()).filter(row -> !row.state().isTerminal());
            if (job.isEmpty() || chunk.isEmpty()) {
                return Optional.empty();
            }
            boolean gaveUp = givingUp.isDue(job.get());
            boolean checked = !gaveUp && chunk.get().state() == ChunkState.ENDED && checks.areNeeded(task.job());
            if (checked != (task.kind() == Task.Kind.CHECK)) {
                tasks.now(checked ? Task.check(chunk.get()) : Task.advance(chunk.get()));
                return Optional.empty();
            }
            JobClient client = gaveUp ? null : jobs.client(job.get());
            if (!gaveUp) {
                account.run(job.get(), client);
            }
            ChunkRow next = traces.step(chunk.get(), job.get(), () -> gaveUp
                    ? steps.giveUp(chunk.get(), job.get(), givingUp.timeout(job.get()))
                    : steps.step(chunk.get(), job.get(), client));
            // what a chunk waits for in these states is another task, whose failures these are
            boolean handedOver = chunk.get().state() == ChunkState.COLLECTED && next.state() == ChunkState.COLLECTED;
            if (chunk.get().state() != ChunkState.UPLOADED && !handedOver) {
                troubles.end(task);
            }
            scheduleOthers(chunk.get(), next, job.get());
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

    private void scheduleOthers(ChunkRow before, ChunkRow after, JobRow job) {
        // it waits for room, or what it takes of the room or of what its job may spend has changed
        if (after.state() == ChunkState.UPLOADED || after.state() != before.state() && !before.state().isCollected()) {
            tasks.admit(job.account());
        }
        if (after.state().isCollected() && !before.state().isCollected()) {
            tasks.advanceSpooled(job);
        }
        if (after.state() == ChunkState.COLLECTED && !before.state().isCollected() || after.state() == ChunkState.DONE) {
            tasks.advanceChildren(after);
        }
        if (after.state() == ChunkState.DONE) {
            tasks.now(Task.finish(after.job()));
        }
    }
}
