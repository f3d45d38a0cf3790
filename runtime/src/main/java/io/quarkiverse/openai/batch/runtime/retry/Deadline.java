package io.quarkiverse.openai.batch.runtime.retry;

import java.time.Duration;

/** How much of its time a call has left. */
public final class Deadline {

    private final long start = System.nanoTime();
    private final Duration total;

    public Deadline(Duration total) {
        this.total = total;
    }

    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Never negative. */
    public Duration remaining() {
        Duration left = total.minus(elapsed());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** The shorter of a time-out and what is left, at least a millisecond. */
    public Duration cap(Duration timeout) {
        Duration left = remaining();
        Duration capped = timeout.compareTo(left) < 0 ? timeout : left;
        return capped.toMillis() < 1 ? Duration.ofMillis(1) : capped;
    }
}
