/**
 * OpenAI's batch protocol behind the engine's interface to a provider.
 *
 * <p>
 * In: a verb of {@code BatchProvider}. Out: calls of the client's services, their answers normalised. Next: {@code batch} and
 * {@code collect} use it.
 */
package io.quarkiverse.openai.batch.runtime.job.openai;
