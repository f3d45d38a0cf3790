package io.quarkiverse.openai.batch.emulator.control;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The emulator's time: a source of instants plus what {@link #advance} has added. Everything that a client can see of time
 * (timestamps, expiry, the {@code Date} header, the progress of batches) comes from it.
 */
public final class EmulatorClock implements InstantSource {

    private final InstantSource source;
    private final AtomicReference<Duration> advanced = new AtomicReference<>(Duration.ZERO);

    public EmulatorClock(InstantSource source) {
        this.source = source;
    }

    @Override
    public Instant instant() {
        return source.instant().plus(advanced.get());
    }

    /**
     * Moves time forward.
     *
     * @param by how far; not negative
     * @return the new time
     * @throws IllegalArgumentException if {@code by} is negative
     */
    public Instant advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("The clock only goes forward, not by " + by);
        }
        advanced.accumulateAndGet(by, Duration::plus);
        return instant();
    }
}
