/**
 * The application's methods for jobs, as the build found them.
 *
 * <p>
 * In: {@code @BatchSource} and {@code @OnBatchResult}. Out: calls of them. Next: {@code spool} and {@code handler}.
 */
package io.quarkiverse.openai.batch.runtime.job.method;
