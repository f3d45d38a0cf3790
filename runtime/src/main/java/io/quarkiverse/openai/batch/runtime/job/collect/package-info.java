/**
 * Step: downloads the result files of an ended batch and gives each line its outcome.
 *
 * <p>
 * In: a chunk in {@code ENDED}. Out: one in {@code COLLECTED}, and chunks of lines that are sent again. Next: {@code handler}.
 */
package io.quarkiverse.openai.batch.runtime.job.collect;
