package io.quarkiverse.openai.batch.runtime.job.engine;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.runtime.job.provider.BatchProvider;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.PauseException;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.StaleRowException;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings;

/**
 * Sees, before anything is done with a client for a job, that the client's account is the job's; and for a job of an earlier
 * process also that its key opens that account: keys change, and a base URL does not tell accounts apart.
 */
final class AccountCheck {

    private static final Logger LOG = Logger.getLogger(AccountCheck.class);
    private static final int BATCHES = 3;

    private final JobStore store;
    private final Set<String> checked = ConcurrentHashMap.newKeySet();

    AccountCheck(JobStore store) {
        this.store = store;
    }

    /**
     * Retrieves what the job has at the provider, until something is found: of its batches the newest, then an uploaded file.
     * Files of collected chunks may be deleted already. A job whose batches went with the dev service of an earlier process is
     * deleted.
     *
     * @throws PauseException if the client is for another account
     * @throws ProviderException if the provider does not give any of it
     * @throws StaleRowException if the job was deleted
     */
    void run(JobRow job, JobClient client) {
        if (!client.isFor(job)) {
            throw new PauseException(("It was begun at the account %s, and its client is for %s. If both are the same account, "
                    + "set %saccount-id=%s and restart; or go back to the earlier account; or cancel the job, for which nothing "
                    + "is sent").formatted(job.account(), client.account(), ClientSettings.keyPrefix(job.client()),
                            job.account()));
        }
        if (checked.contains(job.name())) {
            return;
        }
        List<ChunkRow> chunks = store.chunks(job.name());
        Stream<Runnable> batches = chunks.stream().filter(chunk -> chunk.remote().batchId() != null)
                .sorted(Comparator.comparingInt(ChunkRow::number).reversed()).limit(BATCHES)
                .map(chunk -> () -> client.provider().retrieve(chunk.remote().batchId()));
        Stream<Runnable> files = chunks.stream()
                .filter(chunk -> !chunk.state().isCollected() && chunk.remote().fileId() != null).limit(1)
                .map(chunk -> () -> retrieveFile(chunk, client.provider()));
        try {
            findOne(Stream.concat(batches, files).toList());
        } catch (ProviderException e) {
            throw e.kind().isAbsent() && client.isOfDevService() ? dropped(job) : e;
        }
        checked.add(job.name());
    }

    /** Some gateways cannot tell anything of a single file, whatever its account: it counts as retrieved if it is listed. */
    private static void retrieveFile(ChunkRow chunk, BatchProvider provider) {
        try {
            provider.file(chunk.remote().fileId());
        } catch (ProviderException e) {
            if (e.kind().isAbsent() || !isListed(chunk, provider)) {
                throw e;
            }
        }
    }

    private static boolean isListed(ChunkRow chunk, BatchProvider provider) {
        try {
            return provider.capabilities().listing() && provider.files(Set.of(chunk.input().file())).stream()
                    .anyMatch(file -> file.id().equals(chunk.remote().fileId()));
        } catch (ProviderException noListing) {
            LOG.debugf("The files are not listed: %s", noListing.getMessage());
            return false;
        }
    }

    private StaleRowException dropped(JobRow job) {
        LOG.infof("Job %s is dropped: it was begun in an earlier dev mode, whose emulator is gone with its batches",
                job.name());
        store.job(job.name()).ifPresent(store::delete);
        return new StaleRowException("job " + job.name());
    }

    private static void findOne(List<Runnable> retrievals) {
        ProviderException absent = null;
        for (Runnable retrieval : retrievals) {
            try {
                retrieval.run();
                return;
            } catch (ProviderException e) {
                if (!e.kind().isAbsent()) {
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
