package io.quarkiverse.openai.batch.jsonl.internal.read;

import java.util.NoSuchElementException;

/** Decodes each line when it is asked for. */
public final class DecodingIterator<T> implements CloseableIterator<T> {

    private final SourceLines lines;
    private final LineDecoder<T> decoder;

    private boolean looked;
    private boolean hasNext;

    public DecodingIterator(SourceLines lines, LineDecoder<T> decoder) {
        this.lines = lines;
        this.decoder = decoder;
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
        return decoder.decode(lines.line());
    }

    @Override
    public void close() {
        decoder.close();
        lines.close();
    }
}
