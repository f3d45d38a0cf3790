package io.quarkiverse.openai.batch.runtime.job.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The engine's time: it begins with the wall clock's, and then runs with a monotonic clock, so that no pause and no span
 * depends on somebody who sets the clock. Times that an earlier process stored are by the clock of that process.
 */
public final class SteadyClock implements InstantSource {

    private final InstantSource wall;
    private final LongSupplier nanos;
    private final Instant start;
    private final long startNanos;

    /**
     * @param nanos nanoseconds of a clock that only runs forward
     */
    public SteadyClock(InstantSource wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.start = wall.instant();
        this.startNanos = nanos.getAsLong();
    }

    public static SteadyClock system() {
        return new SteadyClock(InstantSource.system(), System::nanoTime);
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanos.getAsLong() - startNanos);
    }

    /** The time that people see, for deadlines and reports. */
    public Instant wall() {
        return wall.instant();
    }

    /** When it will be this time of the wall clock, as far as that is known now. */
    public Instant at(Instant wallTime) {
        return instant().plus(Duration.between(wall(), wallTime));
    }

    /** Whether a time was taken from this clock, and not by an earlier process. */
    public boolean isOwn(Instant time) {
        return !time.isBefore(start) && !time.isAfter(instant());
    }

    /**
     * Whether a span has passed since a time. Of what an earlier process stored, the span counts from the start of this one:
     * the
     * wall clock may have been set in between.
     */
    public boolean hasPassed(Duration span, Instant since) {
        return !instant().isBefore((isOwn(since) ? since : start).plus(span));
    }

    /** Whether a pause is not over. One that is longer than any that is made was stored by an earlier process. */
    public boolean isBefore(Instant until, Duration longest) {
        Instant now = instant();
        return until.isAfter(now) && !until.isAfter(now.plus(longest));
    }
}
