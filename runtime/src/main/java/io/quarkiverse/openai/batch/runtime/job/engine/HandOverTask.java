package io.quarkiverse.openai.batch.runtime.job.engine;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;

import io.quarkiverse.openai.batch.runtime.job.admission.SendGate;
import io.quarkiverse.openai.batch.runtime.job.handler.HandOver;
import io.quarkiverse.openai.batch.runtime.job.setup.HandlerRetry;
import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.Task;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Hands the results of a chunk to the application. */
final class HandOverTask {

    private final JobEnvironment jobs;
    private final JobTasks tasks;
    private final HandOver handOver;
    private final SendGate gate;

    HandOverTask(JobEnvironment jobs, JobTasks tasks, HandOver handOver) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.handOver = handOver;
        this.gate = new SendGate(jobs.store());
    }

    /** When to run it again; empty for not again. */
    Optional<Instant> run(Task task) throws IOException {
        Optional<JobRow> job = jobs.store().job(task.job()).filter(row -> row.isUnderWay() && !row.reading().replaced());
        Optional<ChunkRow> chunk = jobs.store().chunk(task.job(), task.chunk())
                .filter(row -> row.state() == ChunkState.COLLECTED);
        if (job.isEmpty() || chunk.isEmpty() || !gate.isDecided(chunk.get(), job.get())) {
            return Optional.empty();
        }
        Optional<Instant> again;
        try {
            again = handOver.run(chunk.get(), job.get(), retry(job.get()));
        } catch (CancellationException givenUp) {
            // by a stop, or since the chunk was taken from it: what it does has no effect
            return Optional.empty();
        }
        if (jobs.store().chunk(task.job(), task.chunk()).filter(row -> row.state() == ChunkState.COLLECTED).isEmpty()) {
            tasks.advance(chunk.get());
        }
        return again;
    }

    /** Also without the client. */
    private HandlerRetry retry(JobRow job) {
        try {
            return jobs.client(job).settings().handlerRetry();
        } catch (ConfigurationException clientIsGone) {
            return HandlerRetry.DEFAULT;
        }
    }
}
