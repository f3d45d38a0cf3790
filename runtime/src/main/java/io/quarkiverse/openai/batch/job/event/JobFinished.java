package io.quarkiverse.openai.batch.job.event;

import io.quarkiverse.openai.batch.job.JobReport;

/**
 * A job has ended: each line has its outcome. Fired like {@link JobProgressed}, at least once; after a crash perhaps twice.
 *
 * @param job the name of the job
 * @param report its report at its end
 */
public record JobFinished(String job, JobReport report) {
}
