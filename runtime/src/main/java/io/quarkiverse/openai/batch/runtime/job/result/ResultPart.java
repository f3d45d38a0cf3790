package io.quarkiverse.openai.batch.runtime.job.result;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.LineError;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.jsonl.Usage;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFiles;
import io.quarkiverse.openai.batch.runtime.job.files.FileOutput;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.Tally;

/** Results of lines in a file, an index of them, and what they add up to. */
public final class ResultPart implements AutoCloseable {

    private static final int ERRORS_REPORTED = 10;

    private final ChunkFile resultsKind;
    private final ChunkFile indexKind;
    private final FileOutput results;
    private final FileOutput index;
    private final DataOutputStream entries;
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final List<String> errors = new ArrayList<>();
    private long unpaid;

    private ResultPart(ChunkFiles files, String job, ChunkFile resultsKind, ChunkFile indexKind) throws IOException {
        this.resultsKind = resultsKind;
        this.indexKind = indexKind;
        this.results = FileOutput.of(files, job, resultsKind);
        try {
            this.index = FileOutput.of(files, job, indexKind);
        } catch (IOException | RuntimeException e) {
            results.close();
            throw e;
        }
        this.entries = new DataOutputStream(index);
    }

    /** The results of a chunk. */
    static ResultPart ofChunk(ChunkFiles files, String job) throws IOException {
        return new ResultPart(files, job, ChunkFile.RESULTS, ChunkFile.RESULT_INDEX);
    }

    /** The results that the lines of a chunk have until it is collected. */
    static ResultPart earlier(ChunkFiles files, String job) throws IOException {
        return new ResultPart(files, job, ChunkFile.EARLIER, ChunkFile.EARLIER_INDEX);
    }

    /**
     * The results that lines of a chunk have now; null if it has none.
     *
     * @param known whether handlers had the result of a line
     */
    public static ResultPart copy(ChunkFiles files, ChunkRow chunk, BitSet lines, IntPredicate known) throws IOException {
        if (!ChunkResults.exist(chunk)) {
            return null;
        }
        ResultPart part = earlier(files, chunk.job());
        try (IndexedLines all = new ChunkResults(files, chunk).lines(0)) {
            for (int line = 0; line < lines.length(); line++) {
                IndexEntry entry = all.next();
                if (lines.get(line)) {
                    part.add(all.line(), entry.withKnown(entry.known() || known.test(line)));
                }
            }
            return part;
        } catch (IOException | RuntimeException e) {
            part.close();
            throw e;
        }
    }

    /** Adds the next line, which has no result here. */
    void addNone() throws IOException {
        IndexEntry.NONE.at(results.bytes(), 0).write(entries);
    }

    /** Adds the result of the next line, if it has one. */
    void add(byte[] line, IndexEntry entry) throws IOException {
        if (entry.outcome() == null) {
            addNone();
            return;
        }
        results.write(line);
        results.write('\n');
        entry.at(results.bytes(), IndexEntry.checksum(line)).write(entries);
        outcomes.merge(entry.outcome(), 1L, Long::sum);
        unpaid += entry.unpaid() ? 1 : 0;
        if (entry.outcome() != Outcome.SUCCEEDED && errors.size() < ERRORS_REPORTED) {
            addError(code(entry.outcome(), BatchResult.parse(line)));
        }
    }

    private void addError(String code) {
        if (!errors.contains(code)) {
            errors.add(code);
        }
    }

    private static String code(Outcome outcome, BatchResult result) {
        LineError error = result.error();
        String code = error == null || error.code() == null ? outcome.name().toLowerCase(Locale.ROOT) : error.code();
        return result.statusCode() == 0 ? SafeText.of(code, 100) : result.statusCode() + " " + SafeText.of(code, 100);
    }

    /** The chunk with the files, which are on disk then. It must be stored before they are closed. */
    public ChunkRow keep(ChunkRow chunk) throws IOException {
        return chunk.with(resultsKind, results.finish()).with(indexKind, index.finish());
    }

    /**
     * What became of the lines that were added.
     *
     * @param usage their tokens
     */
    public Tally tally(Usage usage) {
        return Tally.of(outcomes, unpaid, usage, errors);
    }

    /** Deletes the files unless the row of a chunk names them. */
    @Override
    public void close() throws IOException {
        try (results; index) {
            // both, whatever fails
        }
    }
}
