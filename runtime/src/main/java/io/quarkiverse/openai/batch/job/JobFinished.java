package io.quarkiverse.openai.batch.job;

/**
 * A job has ended: each line has its outcome. Fired as {@link JobProgressed} is, and once more after a crash in between.
 *
 * @param job the name of the job
 * @param report what became of it
 */
public record JobFinished(String job, JobReport report) {
}
