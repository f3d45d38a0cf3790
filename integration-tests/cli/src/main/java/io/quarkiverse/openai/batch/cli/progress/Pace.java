package io.quarkiverse.openai.batch.cli.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where lines begin to be counted, to tell from then on how long the others will take at the same pace.
 *
 * @param done lines that were done then
 */
record Pace(long done, Instant since) {

    /** How long it takes until all lines are done; empty as long as none was done since. */
    Optional<Duration> timeLeft(long doneNow, long lines, Instant now) {
        long doneSince = doneNow - done;
        Duration taken = Duration.between(since, now);
        if (doneSince <= 0 || doneNow >= lines || taken.isNegative() || taken.isZero()) {
            return Optional.empty();
        }
        double share = (double) (lines - doneNow) / doneSince;
        return Optional.of(Duration.ofMillis(Math.round(taken.toMillis() * share)));
    }
}
