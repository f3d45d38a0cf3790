package io.quarkiverse.openai.batch.runtime.job.result;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

import io.quarkiverse.openai.batch.job.ResultsExpiredException;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFiles;
import io.quarkiverse.openai.batch.runtime.job.files.DamagedFileException;
import io.quarkiverse.openai.batch.runtime.job.files.StoredFile;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.Tally;

/**
 * Reads the stored results of a chunk: as long as it is not collected, those that its lines had before they moved to it. The
 * row has the digest of the index, and the index a checksum of each result; so a damaged result is an error.
 */
public final class ChunkResults {

    private final ChunkFiles files;
    private final ChunkRow chunk;

    public ChunkResults(ChunkFiles files, ChunkRow chunk) {
        this.files = files;
        this.chunk = chunk;
    }

    /** Whether a chunk has results. */
    static boolean exist(ChunkRow chunk) {
        return chunk.has(indexOf(chunk));
    }

    private static ChunkFile indexOf(ChunkRow chunk) {
        return chunk.state().isCollected() ? ChunkFile.RESULT_INDEX : ChunkFile.EARLIER_INDEX;
    }

    private ChunkFile results() {
        return chunk.state().isCollected() ? ChunkFile.RESULTS : ChunkFile.EARLIER;
    }

    /**
     * Opens the results in the order of the lines; there are none of lines that moved to other chunks before the chunk was
     * collected.
     *
     * @param from the number of the first line
     * @param which the lines to read
     * @throws IOException if the results are damaged or gone
     * @throws ResultsExpiredException if the results were deleted after they were handed over
     */
    public StoredResults open(int from, IntPredicate which) throws IOException {
        return open(from, (line, entry) -> which.test(line));
    }

    /** As {@link #open}, the results with some outcomes that handlers did not have from an earlier chunk. */
    public StoredResults openNew(int from, Predicate<Outcome> outcomes) throws IOException {
        return open(from, (line, entry) -> !entry.known() && outcomes.test(entry.outcome()));
    }

    private StoredResults open(int from, StoredResults.Which which) throws IOException {
        if (exist(chunk) && !chunk.has(results())) {
            throw expired();
        }
        return new StoredResults(this, lines(from), from, which);
    }

    /** All lines from one on. Results that were deleted are empty. */
    IndexedLines lines(int from) throws IOException {
        if (!exist(chunk)) {
            return new IndexedLines(this, null, null, from);
        }
        DataInputStream index = openIndex();
        try {
            InputStream results = chunk.has(results()) ? files.openAt(chunk.job(), chunk.file(results()), 0) : null;
            return new IndexedLines(this, index, results, from);
        } catch (IOException e) {
            index.close();
            throw e;
        }
    }

    /** The lines whose results have these outcomes; known also if the results were deleted after they were handed over. */
    public BitSet lines(Set<Outcome> outcomes) throws IOException {
        BitSet lines = new BitSet();
        if (exist(chunk)) {
            try (DataInputStream entries = openIndex()) {
                for (int line = 0; line < lines(); line++) {
                    IndexEntry entry = IndexEntry.read(entries);
                    lines.set(line, entry.outcome() != null && outcomes.contains(entry.outcome()));
                }
            }
        }
        return lines;
    }

    /** What is left of the tally of the chunk without some of its results. */
    public Tally without(BitSet lines) throws IOException {
        Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        long unpaid = 0;
        try (DataInputStream entries = openIndex()) {
            for (int line = 0; line < lines(); line++) {
                IndexEntry entry = IndexEntry.read(entries);
                if (lines.get(line) && entry.outcome() != null) {
                    outcomes.merge(entry.outcome(), 1L, Long::sum);
                    unpaid += entry.unpaid() ? 1 : 0;
                }
            }
        }
        return chunk.tally().without(outcomes, unpaid);
    }

    int lines() {
        return Math.toIntExact(chunk.input().lines());
    }

    /** Its digest is checked first. */
    private DataInputStream openIndex() throws IOException {
        StoredFile index = chunk.file(indexOf(chunk));
        try (InputStream in = files.open(chunk.job(), index)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return new DataInputStream(new BufferedInputStream(files.openAt(chunk.job(), index, 0), 1 << 16));
    }

    ResultsExpiredException expired() {
        return new ResultsExpiredException(("The results of chunk %s were handed over and deleted. Set jobs.results to keep "
                + "to keep them").formatted(chunk.id()));
    }

    IOException damaged() {
        return new DamagedFileException("the results of chunk " + chunk.id());
    }
}
