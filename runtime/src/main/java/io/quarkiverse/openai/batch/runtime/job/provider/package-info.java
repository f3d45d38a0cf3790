/**
 * The one interface through which the engine reaches a provider, and what it tells of batches, files and failures in the
 * same form for all protocols.
 *
 * <p>
 * In: a file of requests, the id of a batch. Out: batches as the provider shows them. Next: {@code openai} speaks OpenAI's
 * protocol.
 */
package io.quarkiverse.openai.batch.runtime.job.provider;
