package io.quarkiverse.openai.batch.runtime.config;

import java.time.Duration;
import java.util.List;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** When a call is tried again. */
@ConfigGroup
public interface RetryRuntimeConfig {

    /**
     * {@code backoff} for repeating after growing waits, {@code none} for not repeating.
     */
    @WithDefault("backoff")
    Strategy strategy();

    /**
     * How often a call is repeated at most.
     */
    @WithDefault("2")
    int maxRetries();

    /**
     * The wait before the first repetition, where the server does not tell one.
     */
    @WithDefault("0.5S")
    Duration initialInterval();

    /**
     * The longest wait, where the server does not tell one.
     */
    @WithDefault("8S")
    Duration maxInterval();

    /**
     * By how much each wait is longer than the one before.
     */
    @WithDefault("2")
    double exponent();

    /**
     * The share of a wait that is random, 0 to 1: a wait is shortened by up to this much.
     */
    @WithDefault("0.25")
    double jitter();

    /**
     * How long a call may take with all its repetitions; waits are shortened to fit.
     */
    @WithDefault("10M")
    Duration maxElapsedTime();

    /**
     * Whether a call is repeated when the connection fails or an attempt times out.
     */
    @WithDefault("true")
    boolean connectionErrors();

    /**
     * The statuses at which a call is repeated: three digits, or a class such as {@code 5XX}.
     */
    @WithDefault("408,409,429,5XX")
    List<String> statusCodes();

    /**
     * The longest wait that a server can ask for with {@code Retry-After}; more is cut to this.
     */
    @WithDefault("60S")
    Duration maxRetryAfter();

    /** How calls are repeated. */
    enum Strategy {
        /** After growing waits. */
        BACKOFF,
        /** Not at all. */
        NONE
    }
}
