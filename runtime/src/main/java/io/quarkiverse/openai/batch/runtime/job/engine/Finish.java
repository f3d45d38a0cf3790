package io.quarkiverse.openai.batch.runtime.job.engine;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.runtime.job.batch.DuplicateBatches;
import io.quarkiverse.openai.batch.runtime.job.provider.BatchProvider.RemoteFile;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.ProviderFiles;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;

/** Step: ends a job whose chunks are done. */
final class Finish {

    private static final Logger LOG = Logger.getLogger(Finish.class);

    private final JobStore store;
    private final SteadyClock clock;

    Finish(JobStore store, SteadyClock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Does nothing while the job has chunks that are not done.
     *
     * @param client null if the job does not wait for its provider any more
     * @return false if it has to wait for a batch that was created twice and still runs
     */
    boolean run(JobRow job, JobClient client) {
        List<ChunkRow> chunks = store.chunks(job.name());
        if (!job.spooled() || chunks.stream().anyMatch(chunk -> !chunk.state().isTerminal())) {
            return true;
        }
        if (client == null) {
            chunks.stream().filter(chunk -> !chunk.remote().twins().isEmpty()).forEach(
                    chunk -> store.change(chunk.job(), chunk.number(), row -> row.with(row.remote().asAbandoned())));
        } else {
            List<RemoteBatch> twins = chunks.stream().flatMap(chunk -> DuplicateBatches.twins(chunk, client.provider()))
                    .toList();
            if (twins.stream().anyMatch(batch -> !batch.hasEnded())) {
                DuplicateBatches.cancel(twins, client.provider());
                return false;
            }
            if (client.settings().providerFiles() == ProviderFiles.DELETE && !chunks.isEmpty()) {
                twins.stream().flatMap(RemoteBatch::resultFiles)
                        .filter(file -> chunks.stream().noneMatch(chunk -> Retention.keeps(chunk, file)))
                        .forEach(file -> Retention.isDeleted(file, client));
                deleteUploads(chunks, client);
            }
        }
        store.change(job.name(), row -> row.state().isTerminal() ? row
                : row.in(row.isStopped() ? JobState.CANCELLED : JobState.FINISHED, null).endedAt(clock.wall()));
        return true;
    }

    /** An upload whose answer was lost was done again; such files are known by their names, which are ours alone. */
    private static void deleteUploads(List<ChunkRow> chunks, JobClient client) {
        Set<String> names = chunks.stream().map(chunk -> chunk.input().file()).collect(Collectors.toSet());
        try {
            client.provider().files(names).stream().map(RemoteFile::id).distinct()
                    // what a chunk could not delete was tried just now
                    .filter(file -> chunks.stream().noneMatch(chunk -> Retention.keeps(chunk, file)
                            || chunk.remote().left().contains(file)))
                    .forEach(file -> Retention.isDeleted(file, client));
        } catch (ProviderException e) {
            LOG.infof("Files that were uploaded more than once may stay at the provider: %s", e.getMessage());
        }
    }
}
