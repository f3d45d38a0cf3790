/**
 * What differs from provider to provider: paths, headers, fields, limits.
 *
 * <p>
 * In: a preset's name and the keys that change it. Out: the settings of a client. Next: {@code client.http}.
 */
package io.quarkiverse.openai.batch.runtime.provider;
