package io.quarkiverse.openai.batch.endurance.process;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A wall clock that somebody sets. */
final class JumpingClock implements InstantSource {

    private static final Duration JUMP = Duration.ofHours(1);

    private final InstantSource clock;
    private volatile Duration ahead;

    /** @param ahead of the true time */
    JumpingClock(InstantSource clock, Duration ahead) {
        this.clock = clock;
        this.ahead = ahead;
    }

    @Override
    public Instant instant() {
        return clock.instant().plus(ahead);
    }

    void forward() {
        ahead = ahead.plus(JUMP);
    }

    void back() {
        ahead = ahead.minus(JUMP);
    }
}
