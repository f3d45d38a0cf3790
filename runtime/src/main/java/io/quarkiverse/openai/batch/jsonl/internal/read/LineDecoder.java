package io.quarkiverse.openai.batch.jsonl.internal.read;

import java.io.Closeable;

/** Reads lines as values; one for each sequence of lines. */
public interface LineDecoder<T> extends Closeable {

    T decode(Line line);

    @Override
    void close();
}
