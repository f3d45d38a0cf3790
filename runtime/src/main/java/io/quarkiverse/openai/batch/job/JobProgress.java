package io.quarkiverse.openai.batch.job;

import java.math.BigDecimal;

/**
 * How far a job is.
 *
 * @param state where it stands
 * @param lines lines that were read from its source so far
 * @param spooled whether the source was read to the end, so that {@code lines} is the total
 * @param settled lines whose outcome is known
 * @param running lines that the provider says it has run, of batches that have not been collected
 * @param batches batches that are at the provider now
 * @param chunks parts of the job, each of which becomes one batch, as far as they are known
 * @param collected of these, parts whose lines have their outcomes, or go on in other parts
 * @param tokens tokens that the answers so far have used
 * @param cost of these, at the configured prices; null if a model has none
 */
public record JobProgress(JobState state, long lines, boolean spooled, long settled, long running, int batches,
        int chunks, int collected, long tokens, BigDecimal cost) {
}
