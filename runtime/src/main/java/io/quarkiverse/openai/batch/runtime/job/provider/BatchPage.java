package io.quarkiverse.openai.batch.runtime.job.provider;

import java.time.Instant;
import java.util.List;

/**
 * A page of the listing of batches.
 *
 * @param batches in the order of the listing
 * @param next the cursor of the next page; null on the last one
 * @param date the server's time; null if the answer does not tell it
 */
public record BatchPage(List<RemoteBatch> batches, String next, Instant date) {
}
