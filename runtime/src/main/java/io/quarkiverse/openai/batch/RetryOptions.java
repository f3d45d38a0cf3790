package io.quarkiverse.openai.batch;

import java.time.Duration;
import java.util.List;

/**
 * When and how often a call is tried again. {@link #backoff()} has the defaults of {@code quarkus.openai-batch.retry.*}; the
 * {@code with} methods change one thing each. The defaults are those of OpenAI's own clients (openai-python, openai-java,
 * 2026-08), except for the bounds, which they lack.
 *
 * @param maxRetries how often a call is repeated at most; 0 for never
 * @param initialInterval the wait before the first repetition, where the server does not tell one
 * @param maxInterval the longest wait, where the server does not tell one
 * @param exponent by how much each wait is longer than the one before
 * @param jitter the share of a wait that is random, 0 to 1: a wait is shortened by up to this much
 * @param maxElapsedTime how long a call may take with all its repetitions; waits are shortened to fit
 * @param connectionErrors whether a call is repeated when the connection fails or an attempt times out
 * @param statusCodes the statuses at which a call is repeated: three digits, or a class such as {@code 5XX}
 * @param maxRetryAfter the longest wait that a server can ask for; more is cut to this
 */
public record RetryOptions(
        int maxRetries,
        Duration initialInterval,
        Duration maxInterval,
        double exponent,
        double jitter,
        Duration maxElapsedTime,
        boolean connectionErrors,
        List<String> statusCodes,
        Duration maxRetryAfter) {

    private static final RetryOptions BACKOFF = new RetryOptions(2, Duration.ofMillis(500), Duration.ofSeconds(8), 2, 0.25,
            Duration.ofMinutes(10), true, List.of("408", "409", "429", "5XX"), Duration.ofMinutes(1));

    private static final RetryOptions NONE = BACKOFF.withMaxRetries(0);

    /**
     * @throws IllegalArgumentException if a number or duration is negative, the exponent is less than 1, the jitter is not
     *         between 0 and 1, or a status code is neither three digits nor a class such as 5XX
     */
    public RetryOptions {
        check(maxRetries >= 0, "max-retries must not be negative", maxRetries);
        check(!initialInterval.isNegative(), "initial-interval must not be negative", initialInterval);
        check(!maxInterval.isNegative(), "max-interval must not be negative", maxInterval);
        check(exponent >= 1, "exponent must be 1 or more", exponent);
        check(jitter >= 0 && jitter <= 1, "jitter must be between 0 and 1", jitter);
        check(!maxElapsedTime.isNegative() && !maxElapsedTime.isZero(), "max-elapsed-time must be positive", maxElapsedTime);
        check(!maxRetryAfter.isNegative(), "max-retry-after must not be negative", maxRetryAfter);
        statusCodes.forEach(code -> check(code.matches("[1-5]([0-9]{2}|XX|xx)"),
                "status-codes must be three digits or a class such as 5XX", code));
        statusCodes = List.copyOf(statusCodes);
    }

    /** Never again. */
    public static RetryOptions none() {
        return NONE;
    }

    /** Up to 2 repetitions, after waits of 0.5 s doubling to at most 8 s. */
    public static RetryOptions backoff() {
        return BACKOFF;
    }

    public RetryOptions withMaxRetries(int retries) {
        return new RetryOptions(retries, initialInterval, maxInterval, exponent, jitter, maxElapsedTime, connectionErrors,
                statusCodes, maxRetryAfter);
    }

    public RetryOptions withIntervals(Duration initial, Duration max) {
        return new RetryOptions(maxRetries, initial, max, exponent, jitter, maxElapsedTime, connectionErrors, statusCodes,
                maxRetryAfter);
    }

    public RetryOptions withExponent(double newExponent) {
        return new RetryOptions(maxRetries, initialInterval, maxInterval, newExponent, jitter, maxElapsedTime,
                connectionErrors, statusCodes, maxRetryAfter);
    }

    public RetryOptions withJitter(double newJitter) {
        return new RetryOptions(maxRetries, initialInterval, maxInterval, exponent, newJitter, maxElapsedTime,
                connectionErrors, statusCodes, maxRetryAfter);
    }

    public RetryOptions withMaxElapsedTime(Duration elapsed) {
        return new RetryOptions(maxRetries, initialInterval, maxInterval, exponent, jitter, elapsed, connectionErrors,
                statusCodes, maxRetryAfter);
    }

    public RetryOptions withConnectionErrors(boolean retried) {
        return new RetryOptions(maxRetries, initialInterval, maxInterval, exponent, jitter, maxElapsedTime, retried,
                statusCodes, maxRetryAfter);
    }

    public RetryOptions withStatusCodes(List<String> codes) {
        return new RetryOptions(maxRetries, initialInterval, maxInterval, exponent, jitter, maxElapsedTime, connectionErrors,
                codes, maxRetryAfter);
    }

    public RetryOptions withMaxRetryAfter(Duration longest) {
        return new RetryOptions(maxRetries, initialInterval, maxInterval, exponent, jitter, maxElapsedTime, connectionErrors,
                statusCodes, longest);
    }

    private static void check(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("%s, but is %s".formatted(rule, value));
        }
    }
}
