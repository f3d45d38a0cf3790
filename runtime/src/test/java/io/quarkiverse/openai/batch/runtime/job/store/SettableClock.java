package io.quarkiverse.openai.batch.runtime.job.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until a test moves it forward. */
public final class SettableClock implements InstantSource {

    private Instant now;

    public SettableClock(Instant start) {
        now = start;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    public synchronized void advance(Duration by) {
        now = now.plus(by);
    }

    /** Moves the clock to this time if it is later. */
    public synchronized void advanceTo(Instant time) {
        now = now.isBefore(time) ? time : now;
    }
}
