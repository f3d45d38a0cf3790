package io.quarkiverse.openai.batch.runtime.job.engine;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

/**
 * Sees, before anything is done with a client for a job of an earlier process, that its key opens the account of the job: keys
 * change, and a base URL does not tell accounts apart.
 */
final class AccountCheck {

    private static final int BATCHES = 3;

    private final JobStore store;
    private final Set<String> checked = ConcurrentHashMap.newKeySet();

    AccountCheck(JobStore store) {
        this.store = store;
    }

    /**
     * Retrieves what the job has at the provider, until something is found: of its batches the newest, then an uploaded file.
     * Files of collected chunks may be deleted already.
     *
     * @throws BatchApiException if the provider does not give any of it
     */
    void run(JobRow job, JobClient client) {
        if (checked.contains(job.name())) {
            return;
        }
        List<ChunkRow> chunks = store.chunks(job.name());
        Stream<Runnable> batches = chunks.stream().filter(chunk -> chunk.remote().batchId() != null)
                .sorted(Comparator.comparingInt(ChunkRow::number).reversed()).limit(BATCHES)
                .map(chunk -> () -> client.batches().retrieveBatch(chunk.remote().batchId()));
        Stream<Runnable> files = chunks.stream()
                .filter(chunk -> !chunk.state().isCollected() && chunk.remote().fileId() != null).limit(1)
                .map(chunk -> () -> client.files().retrieveFile(chunk.remote().fileId()));
        findOne(Stream.concat(batches, files).toList());
        checked.add(job.name());
    }

    private static void findOne(List<Runnable> retrievals) {
        BatchApiException absent = null;
        for (Runnable retrieval : retrievals) {
            try {
                retrieval.run();
                return;
            } catch (BatchApiException e) {
                if (!e.isNotFound()) {
                    throw e;
                }
                absent = absent == null ? e : absent;
            }
        }
        if (absent != null) {
            throw absent;
        }
    }
}
