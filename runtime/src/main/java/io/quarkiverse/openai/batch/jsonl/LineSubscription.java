package io.quarkiverse.openai.batch.jsonl;

import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Hands lines over, one at a time, as many as were asked for (Reactive Streams 1.0.4). At most one task at a time is on the
 * executor, and it alone touches the iterator.
 */
final class LineSubscription<T> implements Flow.Subscription {

    private final CloseableIterator<T> lines;
    private final Flow.Subscriber<? super T> subscriber;
    private final Executor executor;
    private final AtomicLong demand = new AtomicLong();
    private final AtomicInteger signals = new AtomicInteger();

    private volatile boolean cancelled;
    private volatile boolean badRequest;
    private boolean done;

    LineSubscription(CloseableIterator<T> lines, Flow.Subscriber<? super T> subscriber, Executor executor) {
        this.lines = lines;
        this.subscriber = subscriber;
        this.executor = executor;
    }

    @Override
    public void request(long count) {
        if (count <= 0) {
            badRequest = true;
        } else {
            demand.getAndAccumulate(count, (before, more) -> before + more < 0 ? Long.MAX_VALUE : before + more);
        }
        signal();
    }

    @Override
    public void cancel() {
        cancelled = true;
        signal();
    }

    /** Who signals first sets the task going; it goes on as long as there were signals meanwhile. */
    private void signal() {
        if (signals.getAndIncrement() == 0) {
            executor.execute(this::run);
        }
    }

    private void run() {
        int seen = signals.get();
        while (seen != 0) {
            handOver();
            seen = signals.addAndGet(-seen);
        }
    }

    private void handOver() {
        try {
            while (!done && !cancelled && !badRequest && demand.get() > 0 && lines.hasNext()) {
                demand.decrementAndGet();
                subscriber.onNext(lines.next());
            }
            end();
        } catch (RuntimeException e) {
            end(e);
        }
    }

    private void end() {
        if (badRequest) {
            end(new IllegalArgumentException("A subscriber asks for one line at least (Reactive Streams 3.9)"));
        } else if (cancelled) {
            close();
        } else if (!done && !lines.hasNext()) {
            close();
            subscriber.onComplete();
        }
    }

    private void end(RuntimeException e) {
        if (!done) {
            close();
            subscriber.onError(e);
        }
    }

    private void close() {
        if (!done) {
            done = true;
            lines.close();
        }
    }
}
