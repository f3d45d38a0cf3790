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
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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

/**
 * Stores the results of a chunk in a file, in the order of its lines, with an index of them, and counts them. Each line of the
 * chunk is added once.
 */
public final class ResultWriter implements AutoCloseable {

    private static final int ERRORS_REPORTED = 10;

    private final JobDirectory directory;
    private final ChunkRow chunk;
    private final Path results;
    private final Path index;
    private final MessageDigest digest = Sha256.digest();
    private final OutputStream resultsOut;
    private final DataOutputStream indexOut;
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final List<String> errors = new ArrayList<>();
    private Usage usage = Usage.NONE;
    private long unpaid;
    private long bytes;

    public ResultWriter(JobDirectory directory, ChunkRow chunk) throws IOException {
        this.directory = directory;
        this.chunk = chunk;
        this.results = directory.draft(chunk.job(), ".results.jsonl");
        this.index = directory.draft(chunk.job(), ".results.index");
        this.resultsOut = new BufferedOutputStream(Files.newOutputStream(results), 1 << 16);
        this.indexOut = new DataOutputStream(
                new BufferedOutputStream(new DigestOutputStream(Files.newOutputStream(index), digest), 1 << 16));
    }

    /** Adds the next line, which has no result here: it is sent again in another chunk. */
    public void addMoved() throws IOException {
        new IndexEntry(bytes, 0, null, false).write(indexOut);
    }

    /**
     * Adds the result of the next line, which was paid for.
     *
     * @param line without a newline
     */
    public void addPaid(byte[] line) throws IOException {
        add(line, Outcome.SUCCEEDED, false);
    }

    /**
     * Adds the result of the next line.
     *
     * @param line without a newline
     */
    public void add(byte[] line) throws IOException {
        BatchResult result = BatchResult.parse(line);
        add(line, result.outcome(), isUnpaid(result));
        usage = usage.plus(result.usage());
        count(result);
    }

    /** Adds the next line, which no result line answers. */
    public void addMissing(String customId) throws IOException {
        add(SyntheticResults.missing(customId), Outcome.MISSING, false);
        count(BatchResult.missing(customId));
    }

    private void add(byte[] line, Outcome outcome, boolean notPaid) throws IOException {
        resultsOut.write(line);
        resultsOut.write('\n');
        bytes += line.length + 1;
        new IndexEntry(bytes, IndexEntry.checksum(line), outcome, notPaid).write(indexOut);
        outcomes.merge(outcome, 1L, Long::sum);
        unpaid += notPaid ? 1 : 0;
    }

    private void count(BatchResult result) {
        if (!result.succeeded() && errors.size() < ERRORS_REPORTED && !errors.contains(code(result))) {
            errors.add(code(result));
        }
    }

    /** Lines of a refused batch have no status, but nothing of it was run. */
    private boolean isUnpaid(BatchResult result) {
        Payment payment = Payment.of(result);
        return payment == Payment.UNPAID || payment == Payment.REFUSED || payment == Payment.UNKNOWN_ERROR
                && chunk.batchFailed();
    }

    private static String code(BatchResult result) {
        LineError error = result.error();
        String code = error == null || error.code() == null ? result.outcome().name().toLowerCase(Locale.ROOT)
                : error.code();
        return result.statusCode() == 0 ? SafeText.of(code, 100) : result.statusCode() + " " + SafeText.of(code, 100);
    }

    /**
     * Makes the files those of the chunk. They are on disk then.
     *
     * @param files the provider's files with the results
     * @param attributed whether each of their lines belongs to a request of the chunk
     */
    public Answers finish(List<String> files, boolean attributed) throws IOException {
        resultsOut.close();
        indexOut.close();
        directory.keep(results, directory.file(chunk, ChunkFile.RESULTS));
        directory.keep(index, directory.file(chunk, ChunkFile.RESULT_INDEX));
        return new Answers(files, attributed, bytes, Sha256.hex(digest), false);
    }

    /** What became of the lines that were added, with the tokens of those that were paid for. */
    public Tally tally(Usage ofPaid) {
        return Tally.of(outcomes, unpaid, usage.plus(ofPaid), errors);
    }

    /** Deletes the files unless they are those of the chunk. */
    @Override
    public void close() throws IOException {
        try (resultsOut; indexOut) {
            Files.deleteIfExists(results);
            Files.deleteIfExists(index);
        }
    }
}
