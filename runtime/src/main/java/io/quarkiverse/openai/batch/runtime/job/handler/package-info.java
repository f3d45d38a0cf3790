/**
 * Step: hands results to the application's methods.
 *
 * <p>
 * In: a chunk in {@code COLLECTED}. Out: one in {@code HANDED_OVER}. Next: {@code engine} deletes what is not needed and ends
 * the job.
 */
package io.quarkiverse.openai.batch.runtime.job.handler;
