package io.quarkiverse.openai.batch.job;

/**
 * A job has come further. Fired as a CDI event, synchronously and asynchronously, with all patterns of {@link JobName} that
 * match, so that an observer with such a qualifier is told of its jobs alone, and one without of all.
 *
 * @param job the name of the job
 * @param progress how far it is
 */
public record JobProgressed(String job, JobProgress progress) {
}
