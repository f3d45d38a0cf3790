package io.quarkiverse.openai.batch.runtime.job.result;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Stored results line by line: what the index says of each, and its bytes for those who want them. */
final class IndexedLines implements Closeable {

    private final ChunkResults chunk;
    private final DataInputStream index;
    private final InputStream results;
    private IndexEntry entry = IndexEntry.NONE;
    private long read;
    private long begin;

    /**
     * @param index null if there are no results
     * @param results null if they were deleted
     * @param from the number of the first line
     */
    IndexedLines(ChunkResults chunk, DataInputStream index, InputStream results, int from) throws IOException {
        this.chunk = chunk;
        this.index = index;
        this.results = results == null ? null : new BufferedInputStream(results, 1 << 16);
        if (from > 0 && index != null) {
            index.skipNBytes((from - 1L) * IndexEntry.BYTES);
            entry = IndexEntry.read(index);
        }
    }

    /** Moves to the next line. */
    IndexEntry next() throws IOException {
        begin = entry.end();
        entry = index == null ? IndexEntry.NONE : IndexEntry.read(index);
        return entry;
    }

    /**
     * The result of the current line without its newline; empty if it was deleted.
     *
     * @throws IOException if it is damaged
     */
    byte[] line() throws IOException {
        if (results == null) {
            return new byte[0];
        }
        results.skipNBytes(begin - read);
        byte[] bytes = results.readNBytes((int) (entry.end() - begin));
        read = entry.end();
        byte[] line = Arrays.copyOf(bytes, Math.max(0, bytes.length - 1));
        if (bytes.length < entry.end() - begin || IndexEntry.checksum(line) != entry.checksum()) {
            throw chunk.damaged();
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        try (InputStream entries = index; InputStream lines = results) {
            // both
        }
    }
}
