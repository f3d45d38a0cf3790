package io.quarkiverse.openai.batch.runtime.job.spool;

import java.io.IOException;
import java.util.BitSet;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFiles;
import io.quarkiverse.openai.batch.runtime.job.result.CustomIdLines;
import io.quarkiverse.openai.batch.runtime.job.result.ResultPart;
import io.quarkiverse.openai.batch.runtime.job.setup.PauseException;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.Tally;

/** Step: makes two chunks of one that is larger than the account takes: by enqueued tokens, or by bytes of a file. */
public final class Halving {

    private final JobStore store;
    private final ChunkFiles files;
    private final Resubmission resubmission;

    public Halving(JobStore store, ChunkFiles files) {
        this.store = store;
        this.files = files;
        this.resubmission = new Resubmission(store, files);
    }

    /** Whether it has more than one line. */
    public static boolean isPossible(ChunkRow chunk) {
        return chunk.input().lines() > 1;
    }

    /**
     * From {@link ChunkState#UPLOADED}, or from before it, to COLLECTED; its lines move to two other chunks.
     *
     * @throws PauseException if it has one line
     */
    public ChunkRow run(ChunkRow chunk) throws IOException {
        if (!isPossible(chunk)) {
            throw new PauseException(("Line %s alone %s, says the provider. Raise that limit, then resume the job, or "
                    + "cancel it").formatted(SafeText.of(firstId(chunk), 64), chunk.waiting().isTooLarge()
                            ? "has more tokens than the account may have enqueued for "
                                    + SafeText.of(chunk.input().model(), 64)
                            : "makes a file of %d bytes, which is too large".formatted(chunk.input().bytes())));
        }
        int lines = Math.toIntExact(chunk.input().lines());
        BitSet first = new BitSet(lines);
        first.set(0, lines / 2);
        BitSet second = new BitSet(lines);
        second.set(lines / 2, lines);
        int halves = store.childrenOf(chunk).size();
        if (halves == 0) {
            move(chunk, first);
        }
        if (halves <= 1) {
            move(chunk, second);
        }
        return store.update(
                chunk.in(ChunkState.COLLECTED).with(Tally.NONE).without(ChunkFile.EARLIER).without(ChunkFile.EARLIER_INDEX));
    }

    private void move(ChunkRow chunk, BitSet lines) throws IOException {
        try (ResultPart earlier = ResultPart.copy(files, chunk, lines, line -> false)) {
            resubmission.spool(chunk, lines, chunk.input().attempt(), earlier, LineChange.NONE);
        }
    }

    private String firstId(ChunkRow chunk) throws IOException {
        try (Stream<String> ids = CustomIdLines.of(files, chunk)) {
            return ids.findFirst().orElseThrow();
        }
    }
}
