package io.quarkiverse.openai.batch.endurance.process;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that runs faster than real time, and shows the same time in all processes with the same start.
 *
 * @param start the time at which it began to run faster
 * @param factor its speed; 1 is real time
 */
public record SharedClock(Instant start, int factor) implements InstantSource {

    @Override
    public Instant instant() {
        return start.plus(Duration.between(start, Instant.now()).multipliedBy(factor));
    }

    /** A monotonic clock of the same speed. */
    long nanos() {
        return System.nanoTime() * factor;
    }
}
