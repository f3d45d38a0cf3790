package io.quarkiverse.openai.batch.runtime.job;

import java.time.Duration;
import java.time.Instant;

import io.quarkiverse.openai.batch.BatchApiException;

/**
 * A task that does not succeed.
 *
 * @param times how often in a row
 * @param since since when
 */
record Trouble(int times, Instant since) {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration ABSENT_FOR = Duration.ofMinutes(10);
    private static final int ABSENT_TIMES = 3;

    Trouble oneMore() {
        return new Trouble(times + 1, since);
    }

    /** How long to wait until the next time. */
    Duration pause() {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(12, times - 1));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /**
     * Whether a failure does not pass by itself: a refused key, a missing permission, billing, a request that is refused as it
     * is, and something that does not appear within ten minutes.
     */
    boolean needsAPerson(BatchApiException e, Instant now) {
        return switch (e.status()) {
            case 408, 409, 425 -> false;
            case 429 -> isBilling(e);
            case 404 -> isAbsentForLong(now);
            case 400 -> !isFileNotReady(e) || isAbsentForLong(now);
            default -> e.status() >= 400 && e.status() < 500;
        };
    }

    private boolean isAbsentForLong(Instant now) {
        return times >= ABSENT_TIMES && !now.isBefore(since.plus(ABSENT_FOR));
    }

    /** No quota is left to pay with; waiting does not bring it back. */
    static boolean isBilling(BatchApiException e) {
        return e.error().filter(error -> "insufficient_quota".equals(error.code())
                || "billing_hard_limit_reached".equals(error.code())).isPresent();
    }

    /** A file is not always ready right after its upload. */
    private static boolean isFileNotReady(BatchApiException e) {
        return e.error().filter(error -> "input_file_id".equals(error.param())).isPresent();
    }
}
