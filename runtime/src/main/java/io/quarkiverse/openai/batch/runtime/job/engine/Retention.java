package io.quarkiverse.openai.batch.runtime.job.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.ResultsHome;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow.Remote;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

/** Step: deletes what a collected chunk leaves behind, here and, if answers are kept here, at the provider. */
public final class Retention {

    private static final int GONE = 404;

    private final JobStore store;
    private final JobDirectory directory;

    public Retention(JobStore store, JobDirectory directory) {
        this.store = store;
        this.directory = directory;
    }

    /**
     * From {@link ChunkState#COLLECTED}, or HANDED_OVER if there are handlers, to DONE. Requests stay here if the provider has
     * no copy of them, so that they can be run again.
     */
    ChunkRow run(ChunkRow chunk, JobClient client) throws IOException {
        ResultsHome home = home(chunk, client);
        if (home.areCopied()) {
            deleteRemote(chunk, client);
        } else {
            deleteCopies(chunk);
        }
        if (chunk.tally().lines() == 0 || chunk.remote().fileId() != null && !home.areCopied()) {
            Files.deleteIfExists(directory.file(chunk, ChunkFile.REQUESTS));
        }
        if (home == ResultsHome.HANDLED && isHandedOver(chunk)) {
            deleteAnswers(chunk);
        }
        return store.change(chunk.job(), chunk.number(), row -> row.in(ChunkState.DONE));
    }

    /** Where answers are; those of a chunk that was collected under other settings stay where they are. */
    private static ResultsHome home(ChunkRow chunk, JobClient client) {
        ResultsHome home = client.settings().results();
        if (chunk.remote().answers() == null || home.areCopied() != isAtProvider(chunk)) {
            return home;
        }
        return home.areCopied() ? ResultsHome.PROVIDER : ResultsHome.DIRECTORY;
    }

    /** Whether the provider has the only copy of the answers of a chunk. */
    static boolean isAtProvider(ChunkRow chunk) {
        return chunk.remote().answers() != null && chunk.remote().answers().readableUntil() != null;
    }

    /** The provider's files of a chunk, but for those that are gone already. */
    static void deleteRemote(ChunkRow chunk, JobClient client) {
        remoteFiles(chunk.remote()).forEach(file -> delete(file, client));
    }

    /** What handlers failed at stays until they took it. */
    public static boolean isHandedOver(ChunkRow chunk) {
        return !chunk.handed().past().isEmpty() && chunk.handed().failed() == 0
                && (chunk.state() == ChunkState.HANDED_OVER || chunk.state() == ChunkState.DONE);
    }

    /** The copies of a chunk that is handed over, and its requests; those of a chunk that was not sent stay. */
    public void deleteAnswers(ChunkRow chunk) {
        if (chunk.remote().answers() == null) {
            return;
        }
        store.change(chunk.job(), chunk.number(),
                row -> row.with(row.remote().withAnswers(row.remote().answers().asDeleted())));
        try {
            deleteCopies(chunk);
            Files.deleteIfExists(directory.file(chunk, ChunkFile.REQUESTS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void deleteCopies(ChunkRow chunk) throws IOException {
        Files.deleteIfExists(directory.file(chunk, ChunkFile.OUTPUT));
        Files.deleteIfExists(directory.file(chunk, ChunkFile.ERRORS));
    }

    private static List<String> remoteFiles(Remote remote) {
        Stream<String> results = remote.answers() == null ? Stream.empty()
                : Stream.concat(remote.answers().outputs().stream(), remote.answers().errors().stream());
        return Stream.concat(Stream.ofNullable(remote.fileId()), results).toList();
    }

    /** That a file is gone already is no error. */
    static void delete(String file, JobClient client) {
        try {
            client.files().deleteFile(file);
        } catch (BatchApiException e) {
            if (e.status() != GONE) {
                throw e;
            }
        }
    }
}
