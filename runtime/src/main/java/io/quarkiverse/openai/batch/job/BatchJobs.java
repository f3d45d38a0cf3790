package io.quarkiverse.openai.batch.job;

import java.util.List;
import java.util.Optional;

/** The jobs of the application. */
public interface BatchJobs {

    /**
     * Starts a job, or attaches to the one of that name: a job that runs, or has ended, is not started again, and its source is
     * not touched, but for one that was interrupted, which goes on where it stopped. Another version of a job that is paused
     * takes its place as long as nothing was sent, or if its canary failed; nothing is left of the earlier one then.
     *
     * @throws IllegalArgumentException if it has no endpoint, or no requests and no method with {@link BatchSource} for its
     *         name, or tags that the provider does not take
     * @throws JobConflictException if there is a job of that name with another version
     * @throws io.quarkus.runtime.configuration.ConfigurationException if the client is not configured
     */
    BatchJob submit(JobSpec spec);

    /**
     * What a job is expected to cost: reads its source to the end, and sends nothing.
     *
     * @throws IllegalArgumentException as {@link #submit}, or if its source can be read once only
     */
    JobEstimate estimate(JobSpec spec);

    Optional<BatchJob> find(String name);

    /** All jobs, the oldest first. */
    List<BatchJob> list();
}
