package io.quarkiverse.openai.batch.runtime.job.result;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.RawLines;

/** Stored results line by line: what the index says of each, and its bytes for those who want them. */
final class IndexedLines implements Closeable {

    private final ChunkResults chunk;
    private final DataInputStream index;
    private final RawLines results;
    private IndexEntry entry = IndexEntry.NONE;
    private long begin;
    /** Results before the end of the current one that were not read. */
    private int unread;

    /**
     * @param index null if there are no results
     * @param results null if they were deleted
     * @param from the number of the first line
     */
    IndexedLines(ChunkResults chunk, DataInputStream index, InputStream results, int from) throws IOException {
        this.chunk = chunk;
        this.index = index;
        if (from > 0 && index != null) {
            index.skipNBytes((from - 1L) * IndexEntry.BYTES);
            entry = IndexEntry.read(index);
        }
        if (results != null) {
            results.skipNBytes(entry.end());
        }
        this.results = results == null ? null : RawLines.of(results);
    }

    /** Moves to the next line. */
    IndexEntry next() throws IOException {
        begin = entry.end();
        entry = index == null ? IndexEntry.NONE : IndexEntry.read(index);
        unread += entry.end() > begin ? 1 : 0;
        return entry;
    }

    /**
     * The result of the current line without its newline; empty if it has none, or it was deleted.
     *
     * @throws IOException if it is damaged
     */
    byte[] line() throws IOException {
        return results == null || entry.end() == begin ? new byte[0] : bytes();
    }

    /**
     * The result of the current line, which has one; null if it was deleted, also before the line moved here.
     *
     * @throws IOException if it is damaged
     */
    BatchResult result() throws IOException {
        return line().length == 0 ? null : results.result();
    }

    private byte[] bytes() throws IOException {
        for (; unread > 0; unread--) {
            if (!results.next()) {
                throw chunk.damaged();
            }
        }
        if (results.length() != entry.end() - begin - 1) {
            throw chunk.damaged();
        }
        byte[] line = results.bytes();
        if (IndexEntry.checksum(line) != entry.checksum()) {
            throw chunk.damaged();
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        try (InputStream entries = index; RawLines lines = results) {
            // both
        }
    }
}
