package io.quarkiverse.openai.batch.runtime.config;

import java.time.Duration;
import java.util.List;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** When to retry a call. */
@ConfigGroup
public interface RetryRuntimeConfig {

    /**
     * {@code backoff} retries with growing delays, {@code none} does not retry.
     */
    @WithDefault("backoff")
    Strategy strategy();

    /**
     * The largest number of retries of a call.
     */
    @WithDefault("2")
    int maxRetries();

    /**
     * The delay before the first retry, unless the server sends {@code Retry-After}.
     */
    @WithDefault("0.5S")
    Duration initialInterval();

    /**
     * The longest delay, unless the server sends {@code Retry-After}.
     */
    @WithDefault("8S")
    Duration maxInterval();

    /**
     * The factor by which each delay grows.
     */
    @WithDefault("2")
    double exponent();

    /**
     * The random share of a delay, from 0 to 1: a delay is shortened by up to this share.
     */
    @WithDefault("0.25")
    double jitter();

    /**
     * The time-out for a call with all its retries. Delays are shortened to fit.
     */
    @WithDefault("10M")
    Duration maxElapsedTime();

    /**
     * Whether to retry when the connection fails or an attempt times out.
     */
    @WithDefault("true")
    boolean connectionErrors();

    /**
     * The statuses to retry: three digits, or a class such as {@code 5XX}.
     */
    @WithDefault("408,409,429,5XX")
    List<String> statusCodes();

    /**
     * The longest delay that a server can ask for with {@code Retry-After}; a longer one is cut to this.
     */
    @WithDefault("60S")
    Duration maxRetryAfter();

    /** How calls are retried. */
    enum Strategy {
        /** With growing delays. */
        BACKOFF,
        /** Not at all. */
        NONE
    }
}
