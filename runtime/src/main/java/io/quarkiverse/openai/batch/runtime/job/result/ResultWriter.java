package io.quarkiverse.openai.batch.runtime.job.result;

import java.io.IOException;
import java.util.List;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.jsonl.Usage;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFiles;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow.Answers;
import io.quarkiverse.openai.batch.runtime.job.store.Tally;

/**
 * Stores the results of a chunk in the order of its lines, and counts them. Each line of the chunk is added once. A line that
 * has an earlier outcome keeps it if that counts for more. The result of a line that moves on goes with it.
 */
public final class ResultWriter implements AutoCloseable {

    private final ChunkFiles files;
    private final ChunkRow chunk;
    private final IndexedLines earlier;
    private final ResultPart own;
    private ResultPart moved;
    private boolean moves;
    private Usage usage = Usage.NONE;

    public ResultWriter(ChunkFiles files, ChunkRow chunk) throws IOException {
        this.files = files;
        this.chunk = chunk;
        this.earlier = new ChunkResults(files, chunk).lines(0);
        this.own = ResultPart.ofChunk(files, chunk.job());
    }

    /** The next line to be added moves on to another chunk. */
    public void moveNext() throws IOException {
        moved = moved == null ? ResultPart.earlier(files, chunk.job()) : moved;
        moves = true;
    }

    /**
     * Adds the result of the next line, which was paid for.
     *
     * @param line without a newline
     */
    public void addPaid(byte[] line) throws IOException {
        add(line, IndexEntry.of(Outcome.SUCCEEDED, false, false));
    }

    /**
     * Adds the result of the next line, which was paid for, and is not what was asked for.
     *
     * @param line without a newline
     */
    public void addInvalid(byte[] line) throws IOException {
        add(line, IndexEntry.of(Outcome.INVALID, false, false));
    }

    /**
     * Adds the result of the next line.
     *
     * @param line without a newline
     */
    public void add(byte[] line) throws IOException {
        BatchResult result = BatchResult.parse(line);
        usage = usage.plus(result.usage());
        Outcome outcome = result.outcome();
        boolean refused = outcome == Outcome.FAILED && result.statusCode() == 0 && chunk.isRefused();
        add(line, IndexEntry.of(outcome, isUnpaid(result),
                refused || outcome == Outcome.EXPIRED || outcome == Outcome.CANCELLED));
    }

    /** Adds the next line, which no result line answers. */
    public void addMissing(String customId) throws IOException {
        add(SyntheticResults.missing(customId), IndexEntry.of(Outcome.MISSING, false, false));
    }

    /** Adds the next line, of which nothing is known yet. */
    public void addNothing() throws IOException {
        add(null, IndexEntry.NONE);
    }

    private void add(byte[] line, IndexEntry entry) throws IOException {
        IndexEntry before = earlier.next();
        boolean counts = entry.countsAfter(before);
        byte[] result = counts ? line : earlier.line();
        (moves ? moved : own).add(result, counts ? entry : before);
        if (moves) {
            own.addNone();
            moves = false;
        }
    }

    /** Lines of a refused batch have no status, but nothing of it was run. */
    private boolean isUnpaid(BatchResult result) {
        Payment payment = Payment.of(result);
        return payment == Payment.UNPAID || payment == Payment.REFUSED || payment == Payment.UNKNOWN_ERROR
                && chunk.isRefused();
    }

    /** The results of the lines that move on; null if none do. */
    public ResultPart moved() {
        return moved;
    }

    /**
     * The chunk with the results, which are on disk then. It must be stored before the writer is closed.
     *
     * @param provided the provider's files with the results
     * @param unattributed the names of the fields of their first line that belongs to no request of the chunk; null if each
     *        line belongs to one
     */
    public ChunkRow finish(List<String> provided, String unattributed) throws IOException {
        return own.keep(chunk).without(ChunkFile.EARLIER).without(ChunkFile.EARLIER_INDEX)
                .with(chunk.remote().withAnswers(new Answers(provided, unattributed)));
    }

    /** What became of the lines that stay, with the tokens of all, and of those that were paid for. */
    public Tally tally(Usage ofPaid) {
        return own.tally(usage.plus(ofPaid));
    }

    /** Deletes the files unless the row of a chunk names them. */
    @Override
    public void close() throws IOException {
        try (earlier; own; ResultPart others = moved) {
            // each of them
        }
    }
}
