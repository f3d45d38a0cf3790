package io.quarkiverse.openai.batch.job;

import java.math.BigDecimal;

/**
 * The progress of a job. It is made by the extension only: a later version may add components.
 *
 * @param state the state of the job
 * @param lines number of lines read from its source so far, in this process or an earlier one
 * @param spooled whether the source was read to its end, so that {@code lines} is the total
 * @param settled number of lines with an outcome
 * @param running number of lines that the provider reports as run, in batches whose results were not collected yet
 * @param batches number of batches that run at the provider
 * @param chunks number of chunks so far; each becomes one batch
 * @param collected number of chunks whose results were collected
 * @param tokens tokens used so far, of prompts and answers
 * @param cost cost of these tokens at the prices of the client; null if a model has no price
 * @param failing what failed last and is tried again, how often it has failed, the time of the next try and the reason; null if
 *        nothing fails
 */
public record JobProgress(JobState state, long lines, boolean spooled, long settled, long running, int batches,
        int chunks, int collected, long tokens, BigDecimal cost, String failing) {
}
