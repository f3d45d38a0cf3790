package io.quarkiverse.openai.batch.runtime.job.setup;

import java.time.Duration;
import java.time.Instant;

import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * When a cancelled job waits for its provider no more: after the cancel time-out, and at once if its account cannot be reached
 * with its client.
 */
public record GivingUp(JobEnvironment jobs) {

    /** How long a cancelled job waits; the default if its client is gone. */
    public Duration timeout(JobRow job) {
        try {
            return jobs.client(job).settings().cancelTimeout();
        } catch (ConfigurationException noSuchClient) {
            return Duration.ofHours(1);
        }
    }

    public boolean isDue(JobRow job) {
        if (!job.isCancelled()) {
            return false;
        }
        try {
            JobClient client = jobs.client(job);
            Instant since = job.control().stoppedAt();
            return !client.isFor(job) || since != null
                    && !jobs.clock().instant().isBefore(since.plus(client.settings().cancelTimeout()));
        } catch (ConfigurationException noSuchClient) {
            return true;
        }
    }
}
