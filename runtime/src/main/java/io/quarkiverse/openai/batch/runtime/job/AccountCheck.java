package io.quarkiverse.openai.batch.runtime.job;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.runtime.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.store.JobRow;
import io.quarkiverse.openai.batch.runtime.store.JobStore;

/**
 * Sees, before anything is done with a client for a job of an earlier process, that its key opens the account of the job: keys
 * change, and a base URL does not tell accounts apart.
 */
final class AccountCheck {

    private final JobStore store;
    private final Set<String> checked = ConcurrentHashMap.newKeySet();

    AccountCheck(JobStore store) {
        this.store = store;
    }

    /**
     * Retrieves what the job has at the provider: its newest batch, or an uploaded file as long as it has no batch. Files of
     * collected chunks may be deleted already.
     *
     * @throws BatchApiException if the provider does not give it
     */
    void run(JobRow job, JobClient client) {
        if (checked.contains(job.name())) {
            return;
        }
        List<ChunkRow> chunks = store.chunks(job.name());
        String batch = chunks.stream().filter(chunk -> chunk.remote().batchId() != null)
                .max(Comparator.comparingInt(ChunkRow::number)).map(chunk -> chunk.remote().batchId()).orElse(null);
        String file = chunks.stream().filter(chunk -> !chunk.state().isCollected())
                .map(chunk -> chunk.remote().fileId()).filter(Objects::nonNull).findFirst().orElse(null);
        if (batch != null) {
            client.batches().retrieveBatch(batch);
        } else if (file != null) {
            client.files().retrieveFile(file);
        }
        checked.add(job.name());
    }
}
