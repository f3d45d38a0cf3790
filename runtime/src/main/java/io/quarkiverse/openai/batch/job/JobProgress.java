package io.quarkiverse.openai.batch.job;

/**
 * How far a job is.
 *
 * @param state where it stands
 * @param lines lines that were read from its source so far
 * @param spooled whether the source was read to the end, so that {@code lines} is the total
 * @param settled lines whose outcome is known
 * @param running lines that the provider says it has run, of batches that have not been collected
 * @param batches batches that are at the provider now
 */
public record JobProgress(JobState state, long lines, boolean spooled, long settled, long running, int batches) {
}
