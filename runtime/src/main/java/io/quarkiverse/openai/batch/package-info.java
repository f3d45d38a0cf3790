/**
 * Clients for the Batch and Files operations of OpenAI and compatible providers.
 * <p>
 * Inject {@link io.quarkiverse.openai.batch.BatchService} and {@link io.quarkiverse.openai.batch.FileService} (or their
 * reactive twins) with {@code @RestClient} or without a qualifier for the default client, with
 * {@link io.quarkiverse.openai.batch.BatchClient} for a named one, or build them with
 * {@link io.quarkiverse.openai.batch.OpenAiBatch}. All behave alike.
 */
package io.quarkiverse.openai.batch;
