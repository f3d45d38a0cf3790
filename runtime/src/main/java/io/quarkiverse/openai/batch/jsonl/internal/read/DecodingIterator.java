package io.quarkiverse.openai.batch.jsonl.internal.read;

import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * Decodes each line when it is asked for.
 *
 * @param <D> type that lines are decoded to
 * @param <T> type that is made of it
 */
public final class DecodingIterator<D, T> implements CloseableIterator<T> {

    private final SourceLines lines;
    private final LineDecoder<D> decoder;
    private final Function<D, T> type;

    private boolean looked;
    private boolean hasNext;

    public DecodingIterator(SourceLines lines, LineDecoder<D> decoder, Function<D, T> type) {
        this.lines = lines;
        this.decoder = decoder;
        this.type = type;
    }

    @Override
    public boolean hasNext() {
        if (!looked) {
            hasNext = lines.next();
            looked = true;
        }
        return hasNext;
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        looked = false;
        return type.apply(decoder.decode(lines.line()));
    }

    @Override
    public void close() {
        decoder.close();
        lines.close();
    }
}
