package io.quarkiverse.openai.batch.runtime.job.setup;

import io.quarkiverse.openai.batch.runtime.job.provider.BatchProvider;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;

/**
 * What a job uses of its client.
 *
 * @param provider reaches the provider
 * @param settings how jobs are run
 * @param account which account at which provider it is
 */
public record JobClient(BatchProvider provider, JobSettings settings, String account) {

    /** Whether the job was begun at its account. */
    public boolean isFor(JobRow job) {
        return account.equals(job.account());
    }
}
