package io.quarkiverse.openai.batch.runtime.job.result;

import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Streams one after the other, each opened when the one before is at its end. ({@code flatMap} would hold all elements of a
 * stream when it is read through an iterator.)
 */
final class LazyConcat<S, T> extends AbstractSpliterator<T> {

    private final Iterator<S> sources;
    private final Function<S, Stream<T>> open;
    private Stream<T> stream;
    private Spliterator<T> elements;

    private LazyConcat(List<S> sources, Function<S, Stream<T>> open) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.sources = sources.iterator();
        this.open = open;
    }

    /** The stream must be closed. */
    static <S, T> Stream<T> of(List<S> sources, Function<S, Stream<T>> open) {
        LazyConcat<S, T> concat = new LazyConcat<>(sources, open);
        return StreamSupport.stream(concat, false).onClose(concat::close);
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
        while (true) {
            if (elements != null && elements.tryAdvance(action)) {
                return true;
            }
            close();
            if (!sources.hasNext()) {
                return false;
            }
            stream = open.apply(sources.next());
            elements = stream.spliterator();
        }
    }

    private void close() {
        elements = null;
        if (stream != null) {
            stream.close();
            stream = null;
        }
    }
}
