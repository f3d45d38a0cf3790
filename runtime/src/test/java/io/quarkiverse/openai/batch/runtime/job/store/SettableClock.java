package io.quarkiverse.openai.batch.runtime.job.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A wall clock and a monotonic one, which stand still until a test moves them forward. */
public final class SettableClock implements InstantSource {

    private final Instant start;
    private Duration elapsed = Duration.ZERO;
    private Duration jumped = Duration.ZERO;

    /** The clock of a process that has run for a day. */
    public static SteadyClock at(Instant now) {
        SettableClock clock = new SettableClock(now.minus(Duration.ofDays(1)));
        SteadyClock steady = clock.steady();
        clock.advanceTo(now);
        return steady;
    }

    /** The clock of a process that starts. */
    public static SteadyClock startedAt(Instant now) {
        return new SettableClock(now).steady();
    }

    public SettableClock(Instant start) {
        this.start = start;
    }

    /** What the wall clock shows. */
    @Override
    public synchronized Instant instant() {
        return start.plus(elapsed).plus(jumped);
    }

    /** What the monotonic clock shows. */
    public synchronized long nanos() {
        return elapsed.toNanos();
    }

    /** The wall clock of another machine, which shows the same until this one jumps. */
    public InstantSource ofAnotherMachine() {
        return () -> start.plusNanos(nanos());
    }

    /** The engine's clock in a process that starts now. */
    public SteadyClock steady() {
        return new SteadyClock(this, this::nanos);
    }

    public synchronized void advance(Duration by) {
        elapsed = elapsed.plus(by);
    }

    /** Moves the clock to this time if it is later. */
    public synchronized void advanceTo(Instant time) {
        Duration by = Duration.between(instant(), time);
        elapsed = by.isNegative() ? elapsed : elapsed.plus(by);
    }

    /** Sets the wall clock forward or back; no time passes. */
    public synchronized void jump(Duration by) {
        jumped = jumped.plus(by);
    }
}
