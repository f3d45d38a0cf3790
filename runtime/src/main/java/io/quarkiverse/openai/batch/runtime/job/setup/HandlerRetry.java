package io.quarkiverse.openai.batch.runtime.job.setup;

import java.time.Duration;

/**
 * How calls of a method with {@code @OnBatchResult} that fails are repeated.
 *
 * @param attempts calls of a line before the next lines are tried
 * @param initialInterval the first pause while no line is taken; each is twice as long as the one before
 * @param maxInterval the longest pause
 * @param maxElapsedTime after which a line is set aside if there is no other one that could be taken
 */
public record HandlerRetry(int attempts, Duration initialInterval, Duration maxInterval, Duration maxElapsedTime) {

    public static final HandlerRetry DEFAULT = new HandlerRetry(3, Duration.ofSeconds(1), Duration.ofMinutes(5),
            Duration.ofMinutes(10));

    private static final int MOST_DOUBLINGS = 20;

    /**
     * @param round counted from 0
     */
    public Duration pause(int round) {
        Duration pause = initialInterval.multipliedBy(1L << Math.min(round, MOST_DOUBLINGS));
        return pause.compareTo(maxInterval) > 0 ? maxInterval : pause;
    }
}
