package io.quarkiverse.openai.batch.test.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock on which days pass in seconds. */
final class FastClock implements InstantSource {

    private final Instant start = Instant.now();
    private final long startNanos = System.nanoTime();
    private final int factor;
    private final AtomicReference<Duration> advanced = new AtomicReference<>(Duration.ZERO);

    FastClock(int factor) {
        this.factor = factor;
    }

    void advance(Duration by) {
        advanced.accumulateAndGet(by, Duration::plus);
    }

    @Override
    public Instant instant() {
        return start.plus(Duration.ofNanos(System.nanoTime() - startNanos).multipliedBy(factor)).plus(advanced.get());
    }
}
