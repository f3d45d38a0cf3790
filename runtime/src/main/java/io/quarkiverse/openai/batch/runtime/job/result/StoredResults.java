package io.quarkiverse.openai.batch.runtime.job.result;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.IntPredicate;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.Outcome;

/**
 * The results of a chunk from one of its lines on, read from the file and its index side by side. A damaged result is an
 * {@link UncheckedIOException}.
 */
public final class StoredResults implements Iterator<StoredResult>, Closeable {

    private final ChunkResults chunk;
    private final DataInputStream index;
    private final InputStream results;
    private final IntPredicate which;
    private int line;
    private long offset;
    private StoredResult next;

    StoredResults(ChunkResults chunk, DataInputStream index, InputStream results, int from, IntPredicate which)
            throws IOException {
        this.chunk = chunk;
        this.index = index;
        this.results = results == null ? null : new BufferedInputStream(results, 1 << 16);
        this.which = which;
        this.line = from;
        if (from > 0 && index != null) {
            index.skipNBytes((from - 1L) * IndexEntry.BYTES);
            offset = IndexEntry.read(index).end();
            results.skipNBytes(offset);
        }
    }

    @Override
    public boolean hasNext() {
        try {
            while (next == null && line < chunk.lines()) {
                next = read();
            }
            return next != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Null if the line has no result here, or is not asked for. */
    private StoredResult read() throws IOException {
        IndexEntry entry = IndexEntry.read(index);
        int number = line++;
        int length = (int) (entry.end() - offset);
        offset = entry.end();
        if (entry.outcome() == null || !which.test(number)) {
            results.skipNBytes(length);
            return null;
        }
        byte[] bytes = results.readNBytes(length);
        byte[] result = Arrays.copyOf(bytes, length - 1);
        if (bytes.length < length || IndexEntry.checksum(result) != entry.checksum()) {
            throw chunk.damaged();
        }
        BatchResult parsed = BatchResult.parse(result);
        return new StoredResult(number,
                entry.outcome() == Outcome.MISSING ? BatchResult.missing(parsed.customId()) : parsed);
    }

    @Override
    public StoredResult next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        StoredResult result = next;
        next = null;
        return result;
    }

    @Override
    public void close() throws IOException {
        if (index != null) {
            index.close();
            results.close();
        }
    }
}
