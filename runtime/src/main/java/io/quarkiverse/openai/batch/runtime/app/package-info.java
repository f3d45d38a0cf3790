/**
 * Connects the application to clients and jobs: everything that knows CDI.
 *
 * <p>
 * In: configuration and the application's beans. Out: the beans that it injects. Next: {@code client} and {@code job}.
 */
package io.quarkiverse.openai.batch.runtime.app;
