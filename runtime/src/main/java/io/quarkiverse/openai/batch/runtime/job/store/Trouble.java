package io.quarkiverse.openai.batch.runtime.job.store;

import java.time.Duration;
import java.time.Instant;

/**
 * The failures of a task in a row.
 *
 * @param times consecutive failures
 * @param since time of the first of them
 * @param dubious consecutive failures that may be transient or final
 * @param dubiousSince time of the first of these; null if none
 * @param what the latest failure, for people
 * @param next when the task is tried again
 * @param urgent whether people should know of it at once
 */
public record Trouble(int times, Instant since, int dubious, Instant dubiousSince, String what, Instant next,
        boolean urgent) {

    private static final Duration LASTING = Duration.ofMinutes(10);

    /** Whether people should know of it: it has failed for ten minutes, or is urgent. */
    public boolean lasts() {
        return urgent || Duration.between(since, next).compareTo(LASTING) >= 0;
    }
}
