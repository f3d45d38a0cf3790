package io.quarkiverse.openai.batch.runtime.job.result;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;

/**
 * The results of chunks one after the other, each opened when the one before is at its end. ({@code flatMap} would hold all
 * results of a chunk when the stream is read through an iterator.)
 */
final class ChunkByChunk<R extends Iterator<StoredResult> & Closeable> extends AbstractSpliterator<BatchResult> {

    interface Opening<R> {

        R open(ChunkRow chunk) throws IOException;
    }

    private final Iterator<ChunkRow> chunks;
    private final Opening<R> opening;
    private R results;

    private ChunkByChunk(List<ChunkRow> chunks, Opening<R> opening) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.chunks = chunks.iterator();
        this.opening = opening;
    }

    /** The stream must be closed. */
    static <R extends Iterator<StoredResult> & Closeable> Stream<BatchResult> of(List<ChunkRow> chunks, Opening<R> opening) {
        ChunkByChunk<R> all = new ChunkByChunk<>(chunks, opening);
        return StreamSupport.stream(all, false).onClose(all::close);
    }

    @Override
    public boolean tryAdvance(Consumer<? super BatchResult> action) {
        while (results == null || !results.hasNext()) {
            close();
            if (!chunks.hasNext()) {
                return false;
            }
            open(chunks.next());
        }
        action.accept(results.next().result());
        return true;
    }

    private void open(ChunkRow chunk) {
        try {
            results = opening.open(chunk);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private void close() {
        try (R ended = results) {
            results = null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
