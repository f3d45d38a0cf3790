package io.quarkiverse.openai.batch.runtime.job.result;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
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
import io.quarkiverse.openai.batch.jsonl.Sha256;
import io.quarkiverse.openai.batch.jsonl.Usage;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow.Answers;
import io.quarkiverse.openai.batch.runtime.job.store.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.store.Tally;

/** Results of lines in a file, an index of them, and what they add up to. */
public final class ResultPart implements AutoCloseable {

    private static final int ERRORS_REPORTED = 10;

    private final JobDirectory directory;
    private final String job;
    private final Path results;
    private final Path index;
    private final MessageDigest digest = Sha256.digest();
    private final OutputStream resultsOut;
    private final DataOutputStream indexOut;
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final List<String> errors = new ArrayList<>();
    private long unpaid;
    private long bytes;

    public ResultPart(JobDirectory directory, String job) throws IOException {
        this.directory = directory;
        this.job = job;
        this.results = directory.draft(job, ".results.jsonl");
        this.index = directory.draft(job, ".results.index");
        this.resultsOut = new BufferedOutputStream(Files.newOutputStream(results), 1 << 16);
        this.indexOut = new DataOutputStream(
                new BufferedOutputStream(new DigestOutputStream(Files.newOutputStream(index), digest), 1 << 16));
    }

    /**
     * The results that lines of a chunk have now; null if it has none.
     *
     * @param known whether handlers had the result of a line
     */
    public static ResultPart copy(JobDirectory directory, ChunkRow chunk, BitSet lines, IntPredicate known) throws IOException {
        if (chunk.remote().answers() == null) {
            return null;
        }
        ResultPart part = new ResultPart(directory, chunk.job());
        try (IndexedLines all = new ChunkResults(directory, chunk).lines(0)) {
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
        IndexEntry.NONE.at(bytes, 0).write(indexOut);
    }

    /** Adds the result of the next line, if it has one. */
    void add(byte[] line, IndexEntry entry) throws IOException {
        if (entry.outcome() == null) {
            addNone();
            return;
        }
        resultsOut.write(line);
        resultsOut.write('\n');
        bytes += line.length + 1;
        entry.at(bytes, IndexEntry.checksum(line)).write(indexOut);
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

    /** Makes the files those of a chunk. They are on disk then. */
    private Answers keep(int chunk, ChunkFile resultsFile, ChunkFile indexFile, List<String> files, String unattributed)
            throws IOException {
        resultsOut.close();
        indexOut.close();
        directory.keep(results, directory.file(job, chunk, resultsFile));
        directory.keep(index, directory.file(job, chunk, indexFile));
        return new Answers(files, unattributed, bytes, Sha256.hex(digest), false);
    }

    Answers keepAsResults(int chunk, List<String> files, String unattributed) throws IOException {
        return keep(chunk, ChunkFile.RESULTS, ChunkFile.RESULT_INDEX, files, unattributed);
    }

    /** Makes the results those that the lines of a chunk have until it is collected. */
    public Answers keepAsEarlier(int chunk) throws IOException {
        return keep(chunk, ChunkFile.EARLIER, ChunkFile.EARLIER_INDEX, List.of(), null);
    }

    /**
     * What became of the lines that were added.
     *
     * @param usage their tokens
     */
    public Tally tally(Usage usage) {
        return Tally.of(outcomes, unpaid, usage, errors);
    }

    /** Deletes the files unless they are those of a chunk. */
    @Override
    public void close() throws IOException {
        try (resultsOut; indexOut) {
            Files.deleteIfExists(results);
            Files.deleteIfExists(index);
        }
    }
}
