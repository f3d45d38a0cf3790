package io.quarkiverse.openai.batch.runtime.job.batch;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.model.CreateFileRequest;
import io.quarkiverse.openai.batch.model.FileObject;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

/**
 * Step: uploads the file of a chunk. Its name is one of a kind, so that a file whose id was lost is found by name, purpose and
 * size.
 */
public final class Upload {

    private final JobStore store;
    private final JobDirectory directory;
    private final InstantSource clock;

    public Upload(JobStore store, JobDirectory directory, InstantSource clock) {
        this.store = store;
        this.directory = directory;
        this.clock = clock;
    }

    /** From {@link ChunkState#SPOOLED}, or {@link ChunkState#UPLOADING} after a crash or failure, to UPLOADED. */
    public ChunkRow run(ChunkRow chunk, JobClient client) {
        Optional<FileObject> before = chunk.state() == ChunkState.UPLOADING ? find(chunk, client) : Optional.empty();
        ChunkRow intended = chunk.state() == ChunkState.UPLOADING ? chunk
                : store.update(chunk.in(ChunkState.UPLOADING).with(chunk.remote().withIntent(clock.instant())));
        FileObject file = before.orElseGet(() -> upload(intended, client));
        return store.update(intended.in(ChunkState.UPLOADED).with(intended.remote().withFile(file.id())));
    }

    private FileObject upload(ChunkRow chunk, JobClient client) {
        Path requests = directory.file(chunk, ChunkFile.REQUESTS);
        return client.files().uploadFile(CreateFileRequest.of(requests).withFilename(chunk.input().file()));
    }

    private static Optional<FileObject> find(ChunkRow chunk, JobClient client) {
        try (Stream<FileObject> files = client.files().listAllFiles(client.purpose())) {
            return files.filter(file -> chunk.input().file().equals(file.filename()) && file.bytes() != null
                    && file.bytes() == chunk.input().bytes()).findFirst();
        }
    }
}
