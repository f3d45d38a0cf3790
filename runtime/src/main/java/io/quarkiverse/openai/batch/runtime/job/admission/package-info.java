/**
 * Decides whether a chunk may be sent now: budget, canary, limits of the account.
 *
 * <p>
 * In: the rows of all jobs of an account. Out: yes, not yet, or a question for a person. Next: {@code batch}.
 */
package io.quarkiverse.openai.batch.runtime.job.admission;
