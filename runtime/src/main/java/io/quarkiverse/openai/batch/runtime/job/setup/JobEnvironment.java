package io.quarkiverse.openai.batch.runtime.job.setup;

import java.util.function.Function;

import io.quarkiverse.openai.batch.runtime.job.files.ChunkFiles;
import io.quarkiverse.openai.batch.runtime.job.files.Scratch;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;
import io.quarkiverse.openai.batch.runtime.job.store.TaskQueue;
import io.quarkiverse.openai.batch.runtime.job.trace.Traces;

/**
 * What jobs run on.
 *
 * @param store the rows of jobs and chunks
 * @param queue runs tasks
 * @param files the files of chunks
 * @param scratch files that nothing needs after a crash
 * @param clock the time; people see its wall clock
 * @param clients what jobs use of a client, by its name
 * @param traces sees the steps
 */
public record JobEnvironment(JobStore store, TaskQueue queue, ChunkFiles files, Scratch scratch,
        SteadyClock clock, Function<String, JobClient> clients, Traces traces) {

    /** The client of a job. */
    public JobClient client(JobRow job) {
        return clients.apply(job.client());
    }

    /** Ends the epoch of this process: nothing is written afterwards. */
    public void close() {
        store.close();
        scratch.close();
    }
}
