package io.quarkiverse.openai.batch.runtime.dev;

import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.BatchRequestCounts;

/**
 * A batch of an account, whether a job made it or not.
 *
 * @param status in the provider's words
 * @param createdAt ISO 8601; null if the provider does not say
 */
public record BatchView(String id, String status, String endpoint, String createdAt, long total, long completed, long failed) {

    private static final int TEXT = 100;

    static BatchView of(Batch batch) {
        BatchRequestCounts counts = batch.requestCounts();
        return new BatchView(SafeText.of(batch.id(), TEXT), SafeText.of(batch.statusText(), TEXT),
                SafeText.of(batch.endpoint(), TEXT), batch.createdAt() == null ? null : batch.createdAt().toString(),
                counts == null ? 0 : count(counts.total()), counts == null ? 0 : count(counts.completed()),
                counts == null ? 0 : count(counts.failed()));
    }

    private static int count(Integer count) {
        return count == null ? 0 : count;
    }
}
