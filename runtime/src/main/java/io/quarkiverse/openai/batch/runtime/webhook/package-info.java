/**
 * The route of the webhooks, in applications that have {@code quarkus-vertx-http}; excluded from all others. Calls come in from
 * providers; the look of a client is woken in {@code app}, and observers are told.
 */
package io.quarkiverse.openai.batch.runtime.webhook;
