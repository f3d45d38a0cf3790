package io.quarkiverse.openai.batch.emulator.batch;

import java.time.Duration;

/**
 * How long the states of a batch last. At speed 1: 5 s of validating, 100 lines a second in progress, 5 s of finalizing, 5 s
 * of cancelling.
 */
public record Pace(double speed) {

    private static final double SECONDS_PER_STEP = 5;
    private static final double LINES_PER_SECOND = 100;
    private static final double MORE_THAN_ANY_FILE = 1e12;

    /** Time that validating, finalizing and cancelling each take. */
    Duration step() {
        return seconds(SECONDS_PER_STEP / speed);
    }

    /** Time until so many lines are executed. */
    Duration toExecute(long lines) {
        return seconds(lines / (LINES_PER_SECOND * speed));
    }

    /** Lines executed in a time; consistent with {@link #toExecute}. */
    long executedIn(Duration time) {
        if (time.isNegative()) {
            return 0;
        }
        double estimate = (time.toSeconds() + time.toNanosPart() / 1e9) * LINES_PER_SECOND * speed;
        // Rounding may have put the estimate one too high or too low.
        long lines = (long) Math.min(estimate, MORE_THAN_ANY_FILE) + 1;
        while (toExecute(lines).compareTo(time) > 0) {
            lines--;
        }
        return lines;
    }

    private static Duration seconds(double seconds) {
        long whole = (long) seconds;
        return Duration.ofSeconds(whole, (long) Math.ceil((seconds - whole) * 1e9));
    }
}
