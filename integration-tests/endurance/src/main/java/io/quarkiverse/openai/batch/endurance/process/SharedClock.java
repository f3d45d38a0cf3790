package io.quarkiverse.openai.batch.endurance.process;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that runs faster than time, and shows the same in all processes that have the same start.
 *
 * @param start when it began to run faster
 * @param factor how much faster
 */
public record SharedClock(Instant start, int factor) implements InstantSource {

    @Override
    public Instant instant() {
        return start.plus(Duration.between(start, Instant.now()).multipliedBy(factor));
    }
}
