/**
 * A client: its blocking and reactive services.
 *
 * <p>
 * In: calls of the public services. Out: their values. Next: {@code client.operation}.
 */
package io.quarkiverse.openai.batch.runtime.client;
