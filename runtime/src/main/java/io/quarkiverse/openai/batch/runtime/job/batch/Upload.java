package io.quarkiverse.openai.batch.runtime.job.batch;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

import io.quarkiverse.openai.batch.runtime.job.files.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFiles;
import io.quarkiverse.openai.batch.runtime.job.files.LocalFile;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;

/**
 * Step: uploads the file of a chunk. Its name is one of a kind, so that a file whose id was lost is found by name, purpose and
 * size; where files cannot be listed, it is uploaded again.
 */
public final class Upload {

    private final JobStore store;
    private final ChunkFiles files;
    private final SteadyClock clock;
    private final EarlierFiles earlier;
    private final ModelEnds ends;

    public Upload(JobStore store, ChunkFiles files, SteadyClock clock) {
        this.store = store;
        this.files = files;
        this.clock = clock;
        this.earlier = new EarlierFiles(store);
        this.ends = new ModelEnds(clock);
    }

    /** From {@link ChunkState#SPOOLED}, or {@link ChunkState#UPLOADING} after a crash or failure, to UPLOADED. */
    public ChunkRow run(ChunkRow chunk, JobRow job, JobClient client) throws IOException {
        Optional<String> before = earlier.find(chunk, job, client);
        if (before.isEmpty()) {
            ends.check(chunk, job, client);
        }
        Instant now = clock.instant();
        ChunkRow decided = chunk.state() == ChunkState.UPLOADING ? chunk
                : store.update(chunk.in(ChunkState.UPLOADING).with(chunk.remote().withIntent(now, now)));
        String file = before.isPresent() ? before.get() : upload(decided, client);
        return store.learn(decided, row -> row.state() != ChunkState.UPLOADING ? row
                : row.in(ChunkState.UPLOADED).with(row.remote().withFile(file, clock.instant())), row -> row);
    }

    private String upload(ChunkRow chunk, JobClient client) throws IOException {
        try (LocalFile requests = files.local(chunk.job(), chunk.file(ChunkFile.REQUESTS))) {
            return client.provider().upload(requests.path(), chunk.input().file());
        }
    }
}
