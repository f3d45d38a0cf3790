package io.quarkiverse.openai.batch.runtime.job.setup;

import java.time.InstantSource;
import java.util.function.Function;

import io.quarkiverse.openai.batch.runtime.job.store.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.TaskQueue;

/**
 * What jobs run on.
 *
 * @param store the rows of jobs and chunks
 * @param queue runs tasks
 * @param directory the files of chunks
 * @param clock the time
 * @param clients what jobs use of a client, by its name
 */
public record JobEnvironment(JobStore store, TaskQueue queue, JobDirectory directory, InstantSource clock,
        Function<String, JobClient> clients) {

    /** The client of a job. */
    public JobClient client(JobRow job) {
        return clients.apply(job.client());
    }
}
