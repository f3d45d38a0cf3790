package io.quarkiverse.openai.batch.jsonl;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

/** Publishes what an iterator gives, each subscriber what one of its own gives, no faster than it is asked for. */
final class LinePublisher<T> implements Flow.Publisher<T> {

    private final Supplier<CloseableIterator<T>> lines;
    private final Executor executor;

    LinePublisher(Supplier<CloseableIterator<T>> lines, Executor executor) {
        this.lines = lines;
        this.executor = executor;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        Objects.requireNonNull(subscriber);
        subscriber.onSubscribe(new LineSubscription<>(lines.get(), subscriber, executor));
    }
}
