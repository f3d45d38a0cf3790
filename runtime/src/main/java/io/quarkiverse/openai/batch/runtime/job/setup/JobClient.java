package io.quarkiverse.openai.batch.runtime.job.setup;

import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.FileService;

/**
 * What a job uses of its client.
 *
 * @param batches the client's batches
 * @param files the client's files
 * @param settings how jobs are run
 * @param account which account at which provider it is
 * @param purpose the purpose of input files
 */
public record JobClient(BatchService batches, FileService files, JobSettings settings, String account, String purpose) {
}
