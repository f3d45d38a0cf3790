package io.quarkiverse.openai.batch.jsonl.internal.read;

import java.util.Iterator;

/** An iterator over something open. {@link #close()} may be called more than once. */
public interface CloseableIterator<T> extends Iterator<T>, AutoCloseable {

    @Override
    void close();
}
