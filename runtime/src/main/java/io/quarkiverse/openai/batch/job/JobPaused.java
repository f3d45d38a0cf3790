package io.quarkiverse.openai.batch.job;

/**
 * A job is paused or interrupted, and does not go on by itself. Fired as {@link JobProgressed} is.
 *
 * @param job the name of the job
 * @param reason why, and what to do
 * @param report how it stands
 */
public record JobPaused(String job, String reason, JobReport report) {
}
