/**
 * What an application is told of a provider's webhooks. Events come in over HTTP, are checked by {@code runtime.webhook}, and
 * go to observers.
 */
package io.quarkiverse.openai.batch.webhook;
