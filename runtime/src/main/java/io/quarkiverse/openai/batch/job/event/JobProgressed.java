package io.quarkiverse.openai.batch.job.event;

import io.quarkiverse.openai.batch.job.JobName;
import io.quarkiverse.openai.batch.job.JobProgress;

/**
 * A job has made progress. Fired as a CDI event, synchronously and asynchronously, with every {@link JobName} whose pattern
 * matches: an observer with that qualifier gets the events of these jobs only, one without it those of all jobs.
 *
 * @param job the name of the job
 * @param progress its progress
 */
public record JobProgressed(String job, JobProgress progress) {
}
