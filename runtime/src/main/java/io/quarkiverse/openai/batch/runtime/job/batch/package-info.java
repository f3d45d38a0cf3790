/**
 * Steps: uploads a chunk, creates its batch, and watches all batches of a client with one reading of the listing.
 *
 * <p>
 * In: a chunk in {@code SPOOLED}. Out: one in {@code ENDED}. Next: {@code collect}.
 */
package io.quarkiverse.openai.batch.runtime.job.batch;
