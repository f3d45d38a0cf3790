package io.quarkiverse.openai.batch.model;

import java.time.Duration;

/**
 * When a file is to be deleted by the provider (openai-openapi, schemas FileExpirationAfter and BatchFileExpirationAfter,
 * 2026-08-21). For the result files of a batch the time counts from the creation of the file, not of the batch.
 *
 * @param anchor what the time counts from, {@code created_at} at OpenAI
 * @param seconds the time in seconds, 3,600 to 2,592,000 (30 days) at OpenAI
 */
public record ExpiresAfter(String anchor, long seconds) {

    private static final long SHORTEST = 3_600;
    private static final long LONGEST = 2_592_000;

    /**
     * @throws IllegalArgumentException if the seconds are less than 3,600 or more than 2,592,000
     */
    public ExpiresAfter {
        if (seconds < SHORTEST || seconds > LONGEST) {
            throw new IllegalArgumentException("A file can expire between %d and %d seconds after its creation, not after %d"
                    .formatted(SHORTEST, LONGEST, seconds));
        }
    }

    /**
     * @param age the age at which the file is deleted, one hour to 30 days
     * @throws IllegalArgumentException if the age is outside of these bounds
     */
    public static ExpiresAfter creation(Duration age) {
        return new ExpiresAfter("created_at", age.toSeconds());
    }
}
