package io.quarkiverse.openai.batch.emulator.batch;

import java.time.Duration;

/**
 * Until when, in real time, a request may work on batches before it answers. On a machine that cannot keep up with the pace,
 * batches then lag behind the clock, instead of clients running into their timeouts.
 */
public final class Deadline {

    /** There is none. */
    public static final Deadline NONE = new Deadline(Duration.ofNanos(Long.MAX_VALUE));

    private final long started = System.nanoTime();
    private final long nanos;

    private Deadline(Duration time) {
        this.nanos = time.toNanos();
    }

    /** A time from now. */
    public static Deadline in(Duration time) {
        return new Deadline(time);
    }

    boolean passed() {
        return System.nanoTime() - started >= nanos;
    }
}
