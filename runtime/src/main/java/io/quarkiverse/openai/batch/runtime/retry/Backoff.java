package io.quarkiverse.openai.batch.runtime.retry;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

import io.quarkiverse.openai.batch.RetryOptions;
import io.smallrye.faulttolerance.api.CustomBackoffStrategy;

/**
 * The waits of one call: what the server asks for, up to a bound, else exponential with jitter; never past the time that the
 * call has left.
 */
final class Backoff implements CustomBackoffStrategy {

    private final RetryOptions options;
    private final Deadline deadline;
    private int waits;

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
                ? RetryAfter.of(attempt, Instant.now()).map(this::bounded).orElseGet(this::exponential)
                : exponential();
        waits++;
        return Math.min(wait.toMillis(), deadline.remaining().toMillis());
    }

    private Duration bounded(Duration asked) {
        return asked.compareTo(options.maxRetryAfter()) > 0 ? options.maxRetryAfter() : asked;
    }

    private Duration exponential() {
        double millis = options.initialInterval().toMillis() * Math.pow(options.exponent(), waits);
        double capped = Math.min(millis, options.maxInterval().toMillis());
        return Duration.ofMillis((long) (capped * (1 - options.jitter() * ThreadLocalRandom.current().nextDouble())));
    }
}
