package io.quarkiverse.openai.batch.runtime.job.handler;

import java.time.Duration;
import java.time.Instant;

/**
 * For how long a handler has taken no line of a chunk that it was given.
 *
 * @param since when it began
 * @param rounds how often the handler was tried since then
 * @param until when it is tried next
 * @param failure the number of the failure with which it began
 */
record Outage(Instant since, int rounds, Instant until, long failure) {

    private static final int LINES = 10;
    private static final int MOST_DOUBLINGS = 20;

    static final Outage NONE = new Outage(null, 0, null, 0);

    /**
     * @param failed the number of the first failure since the handler was tried again
     */
    Outage and(Instant now, Duration pause, long failed) {
        return new Outage(since == null ? now : since, rounds + 1, now.plus(pause), since == null ? failed : failure);
    }

    /** Whether it is not time yet to try the handler again. */
    boolean isOn(Instant now) {
        return until != null && until.isAfter(now);
    }

    boolean isFor(Duration time, Instant now) {
        return since != null && !now.isBefore(since.plus(time));
    }

    /** How many lines in a row may fail before the next pause: more each time, so that any number of bad lines is passed. */
    int lines() {
        return LINES << Math.min(rounds, MOST_DOUBLINGS);
    }
}
