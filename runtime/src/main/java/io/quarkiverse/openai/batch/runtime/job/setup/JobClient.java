package io.quarkiverse.openai.batch.runtime.job.setup;

import io.quarkiverse.openai.batch.runtime.job.provider.BatchProvider;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkus.runtime.LaunchMode;

/**
 * What a job uses of its client.
 *
 * @param provider reaches the provider
 * @param settings how jobs are run
 * @param account which account at which provider it is
 */
public record JobClient(BatchProvider provider, JobSettings settings, String account) {

    /** The account of the dev service. */
    private static final String EMULATOR = "emulator";

    /** Whether its provider is the dev service, whose batches may be gone with an earlier process. */
    public boolean isOfDevService() {
        return account.equals(EMULATOR) && LaunchMode.current().isDevOrTest();
    }

    /** Whether the job was begun at its account. */
    public boolean isFor(JobRow job) {
        return account.equals(job.account());
    }
}
