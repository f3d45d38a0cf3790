package io.quarkiverse.openai.batch.runtime.job.spool;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;

import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.runtime.job.result.CustomIdLines;
import io.quarkiverse.openai.batch.runtime.job.setup.PauseException;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

/** Step: makes two chunks of one that is larger than the account's limit of enqueued tokens. */
public final class Halving {

    private static final int REFUSALS = 3;

    private final JobStore store;
    private final JobDirectory directory;
    private final Resubmission resubmission;

    public Halving(JobStore store, JobDirectory directory) {
        this.store = store;
        this.directory = directory;
        this.resubmission = new Resubmission(store, directory);
    }

    /** Whether a chunk was refused three times while it had all the room that there is. */
    public static boolean isDue(ChunkRow chunk) {
        return chunk.waiting().alone() >= REFUSALS;
    }

    /** Whether it has more than one line. */
    public static boolean isPossible(ChunkRow chunk) {
        return chunk.input().lines() > 1;
    }

    /**
     * From {@link ChunkState#UPLOADED} to COLLECTED; its lines go on in two other chunks.
     *
     * @throws PauseException if it has one line
     */
    public ChunkRow run(ChunkRow chunk) throws IOException {
        List<String> ids = CustomIdLines.read(directory.file(chunk, ChunkFile.IDS));
        if (!isPossible(chunk)) {
            throw new PauseException(("Line %s alone has more tokens than the account may have enqueued for %s, says the "
                    + "provider. Raise that limit, then resume the job, or cancel it")
                    .formatted(SafeText.of(ids.get(0), 64), SafeText.of(chunk.input().model(), 64)));
        }
        BitSet first = new BitSet(ids.size());
        first.set(0, ids.size() / 2);
        BitSet second = new BitSet(ids.size());
        second.set(ids.size() / 2, ids.size());
        long halves = store.chunks(chunk.job()).stream().filter(other -> other.input().parent() == chunk.number()).count();
        if (halves == 0) {
            resubmission.spool(chunk, ids, first, chunk.input().attempt());
        }
        if (halves <= 1) {
            resubmission.spool(chunk, ids, second, chunk.input().attempt());
        }
        return store.update(chunk.in(ChunkState.COLLECTED));
    }
}
