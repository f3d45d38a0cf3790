/**
 * Sends one call: attempts, keys, bodies, errors.
 *
 * <p>
 * In: a call. Out: its reply, or an error of ours. Next: the Quarkus REST client. Only this package knows it.
 */
package io.quarkiverse.openai.batch.runtime.client.http;
