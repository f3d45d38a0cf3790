package io.quarkiverse.openai.batch.job;

import java.util.List;
import java.util.Optional;

import io.quarkiverse.openai.batch.collector.BatchCollector;

/** The jobs of the application. Inject it, or open the jobs of another directory with a client. */
public interface BatchJobs {

    /**
     * Starts a job, or attaches to the job of that name. A job that runs or has ended is not started again, and its source is
     * not read; a job that was interrupted resumes where it stopped. A different version replaces a paused job if nothing has
     * been sent yet or its canary failed. The earlier version is discarded.
     *
     * @throws IllegalArgumentException if it has no requests and no method with {@link BatchSource} for its
     *         name, or tags that the provider does not accept
     * @throws JobConflictException if there is a job of that name with another version or of another account
     * @throws io.quarkus.runtime.configuration.ConfigurationException if the client is not configured, or the job is
     *         new and the client has no key; nothing is stored then
     * @throws IllegalStateException if another process has the directory of the jobs open; the message says which
     */
    BatchJob submit(JobSpec spec);

    /**
     * Estimates what a job uses and costs: reads its source to the end and sends nothing. Four bytes of text count as a token.
     *
     * @throws IllegalArgumentException as {@link #submit}, or if its source can be read once only
     */
    JobEstimate estimate(JobSpec spec);

    /** A collector of the default client; as {@link #collector(String, String)}. */
    default BatchCollector collector(String name) {
        return collector(name, JobSpec.DEFAULT_CLIENT);
    }

    /**
     * A collector, which submits requests that come one by one as jobs. It is known by its name and client, in all processes
     * that share the jobs.
     *
     * @param name 1 to 170 characters
     * @param client the named client that sends the jobs
     * @throws IllegalArgumentException if the name is blank, longer, or has control characters
     * @throws io.quarkus.runtime.configuration.ConfigurationException if the client is not configured
     * @throws IllegalStateException if another process has the directory of the jobs open; the message says which
     */
    BatchCollector collector(String name, String client);

    /** The job of that name; empty if there is none. */
    Optional<BatchJob> find(String name);

    /** The jobs that a query selects, the oldest first. */
    List<BatchJob> list(JobQuery query);

    /**
     * Looks for batches of all files that wait for one, however old, before anything more is created, and for the files of
     * chunks that count as not uploaded. To be called after the store was restored to an earlier point while this process ran;
     * a process does so at its start, and when the server of the database is started again or another one takes its place.
     */
    void recheck();
}
