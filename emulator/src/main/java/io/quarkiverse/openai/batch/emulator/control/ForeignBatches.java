package io.quarkiverse.openai.batch.emulator.control;

import java.time.Duration;
import java.util.List;

/**
 * Batches of somebody else on the same account. They have no lines; they stay in their state for ever, unless they are
 * cancelled.
 *
 * @param count how many
 * @param youngest age of the youngest; null for zero
 * @param oldest age of the oldest; the others are spread evenly between; null for the youngest
 * @param statuses which they have in turn; null or empty for completed, in_progress, failed, expired, cancelled
 */
public record ForeignBatches(int count, Duration youngest, Duration oldest, List<String> statuses) {

    private static final List<String> STATUSES = List.of("completed", "in_progress", "failed", "expired", "cancelled");

    /** @throws IllegalArgumentException if the count is negative, or the ages are negative or the wrong way round */
    public ForeignBatches {
        youngest = youngest == null ? Duration.ZERO : youngest;
        oldest = oldest == null ? youngest : oldest;
        statuses = statuses == null || statuses.isEmpty() ? STATUSES : List.copyOf(statuses);
        Fault.require(count >= 0, "count must not be negative");
        Fault.require(!youngest.isNegative() && youngest.compareTo(oldest) <= 0,
                "Ages must not be negative, and the youngest not older than the oldest");
    }

    /** So many, created evenly over the time before now. */
    public static ForeignBatches over(Duration time, int count) {
        return new ForeignBatches(count, null, time, null);
    }

    /** The age of one of them. */
    public Duration age(int index) {
        return count < 2 ? youngest : youngest.plus(oldest.minus(youngest).multipliedBy(index).dividedBy(count - 1L));
    }
}
