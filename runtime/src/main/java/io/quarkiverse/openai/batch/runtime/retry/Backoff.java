package io.quarkiverse.openai.batch.runtime.retry;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

import io.quarkiverse.openai.batch.RetryOptions;
import io.smallrye.faulttolerance.api.CustomBackoffStrategy;

/**
 * The delays of one call: what the server asks for, up to a bound, else exponential with jitter. A delay that exceeds the time
 * left is shortened so that a last attempt fits.
 */
final class Backoff implements CustomBackoffStrategy {

    private static final Duration LAST_ATTEMPT = Duration.ofSeconds(1);

    private final RetryOptions options;
    private final Deadline deadline;
    private int waits;
    private boolean shortened;

    Backoff(RetryOptions options, Deadline deadline) {
        this.options = options;
        this.deadline = deadline;
    }

    @Override
    public void init(long initialDelayInMillis) {
        // the first wait is in the options
    }

    @Override
    public long nextDelayInMillis(Throwable failure) {
        Duration wait = failure instanceof AttemptFailure attempt
                ? RetryAfter.of(attempt.headers(), Instant.now()).map(this::bounded).orElseGet(this::exponential)
                : exponential();
        waits++;
        Duration left = deadline.remaining();
        Duration longest = left.minus(shorter(LAST_ATTEMPT, left.dividedBy(2)));
        shortened = wait.compareTo(longest) > 0;
        return shorter(wait, longest).toMillis();
    }

    /** Whether the attempt after the last wait is the last one, since another wait would have to be shortened even more. */
    boolean isUsedUp() {
        return shortened;
    }

    private Duration bounded(Duration asked) {
        return shorter(asked, options.maxRetryAfter());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Duration exponential() {
        double millis = options.initialInterval().toMillis() * Math.pow(options.exponent(), waits);
        double capped = Math.min(millis, options.maxInterval().toMillis());
        return Duration.ofMillis((long) (capped * (1 - options.jitter() * ThreadLocalRandom.current().nextDouble())));
    }
}
