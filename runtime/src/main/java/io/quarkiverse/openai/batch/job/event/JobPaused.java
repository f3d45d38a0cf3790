package io.quarkiverse.openai.batch.job.event;

import io.quarkiverse.openai.batch.job.JobReport;

/**
 * A job is paused or interrupted and does not continue by itself. Fired like {@link JobProgressed}.
 *
 * @param job the name of the job
 * @param reason why, and what to do about it
 * @param report its report now
 */
public record JobPaused(String job, String reason, JobReport report) {
}
