package io.quarkiverse.openai.batch.runtime.job.result;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

import io.quarkiverse.openai.batch.jsonl.BatchResult;

/**
 * The results of a chunk from one of its lines on, read from the file and its index side by side. A damaged result is an
 * {@link UncheckedIOException}.
 */
public final class StoredResults implements Iterator<StoredResult>, Closeable {

    interface Which {

        boolean includes(int line, IndexEntry entry);
    }

    private final ChunkResults chunk;
    private final IndexedLines lines;
    private final Which which;
    private int line;
    private StoredResult next;

    StoredResults(ChunkResults chunk, IndexedLines lines, int from, Which which) {
        this.chunk = chunk;
        this.lines = lines;
        this.which = which;
        this.line = from;
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
        IndexEntry entry = lines.next();
        int number = line++;
        if (entry.outcome() == null || !which.includes(number, entry)) {
            return null;
        }
        BatchResult parsed = lines.result();
        if (parsed == null) {
            throw chunk.expired();
        }
        return new StoredResult(number, switch (entry.outcome()) {
            case MISSING -> BatchResult.missing(parsed.customId());
            case INVALID -> parsed.asInvalid();
            default -> parsed;
        });
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
        lines.close();
    }
}
