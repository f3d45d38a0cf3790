package io.quarkiverse.openai.batch.runtime.job.engine;

import java.util.List;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.ProviderFiles;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.StoredResults;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow.Answers;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

/** Step: deletes what a collected chunk no longer needs, here and, if the settings say so, at the provider. */
public final class Retention {

    private static final Logger LOG = Logger.getLogger(Retention.class);

    private final JobStore store;

    public Retention(JobStore store) {
        this.store = store;
    }

    /**
     * From {@link ChunkState#COLLECTED}, or HANDED_OVER if there are handlers, to DONE. Requests stay, so that they can be run
     * again, unless all of them have moved to other chunks.
     */
    ChunkRow run(ChunkRow chunk, JobClient client) {
        List<String> left = client.settings().providerFiles() == ProviderFiles.DELETE ? deleteRemote(chunk, client) : List.of();
        if (client.settings().results() == StoredResults.DELETE_WHEN_HANDLED && isHandedOver(chunk)) {
            deleteResults(chunk);
        }
        return store.change(chunk.job(), chunk.number(),
                row -> (row.tally().lines() == 0 ? row.without(ChunkFile.REQUESTS) : row).in(ChunkState.DONE)
                        .with(row.remote().withLeft(left)));
    }

    /** Deletes the provider's files of a chunk. Returns those that could not be deleted. */
    static List<String> deleteRemote(ChunkRow chunk, JobClient client) {
        Stream<String> results = chunk.remote().answers() == null ? Stream.empty() : chunk.remote().answers().files().stream();
        return Stream.concat(Stream.ofNullable(chunk.remote().fileId()), results).filter(file -> !keeps(chunk, file))
                .filter(file -> !isDeleted(file, client)).toList();
    }

    /** From {@link ChunkState#COLLECTED} or HANDED_OVER to DONE, with everything left as it is. */
    ChunkRow keep(ChunkRow chunk) {
        return store.change(chunk.job(), chunk.number(), row -> row.in(ChunkState.DONE));
    }

    /** A refused clean-up keeps no job from ending. */
    static boolean isDeleted(String file, JobClient client) {
        try {
            client.provider().delete(file);
            return true;
        } catch (ProviderException e) {
            LOG.warnf("File %s stays at the provider: %s", SafeText.of(file, 100), e.getMessage());
            return false;
        }
    }

    /** Whether a file is of a chunk that was answered with lines that belong to no request: nothing else has these. */
    static boolean keeps(ChunkRow chunk, String file) {
        Answers answers = chunk.remote().answers();
        return answers != null && answers.unattributed() != null
                && (answers.files().contains(file) || file.equals(chunk.remote().fileId()));
    }

    /** Whether every handler has taken every result of a chunk. */
    public static boolean isHandedOver(ChunkRow chunk) {
        return !chunk.handed().past().isEmpty() && chunk.handed().failures() == 0
                && (chunk.state() == ChunkState.HANDED_OVER || chunk.state() == ChunkState.DONE);
    }

    /** Deletes the stored results of a chunk that is handed over. Their index stays, so that lines can be run again. */
    public void deleteResults(ChunkRow chunk) {
        store.change(chunk.job(), chunk.number(), row -> row.without(ChunkFile.RESULTS));
    }
}
