package io.quarkiverse.openai.batch.runtime.client.operation;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import io.quarkiverse.openai.batch.model.Batch;

/**
 * An id in the metadata of a batch, to find the batch if its creation was not answered. It tells when it was made, so that a
 * search knows where in the listing to end.
 */
record SubmissionId(String text) {

    /** The key in the metadata. */
    static final String METADATA_KEY = "quarkus_submission_id";

    static SubmissionId create(Instant now) {
        return new SubmissionId(Long.toString(now.getEpochSecond(), 36) + "-" + UUID.randomUUID());
    }

    boolean isOf(Batch batch) {
        return text.equals(batch.metadata().get(METADATA_KEY));
    }

    /** When it was made, by this machine's clock; empty if the text is not one of ours. */
    Optional<Instant> madeAt() {
        int dash = text.indexOf('-');
        try {
            return dash < 0 ? Optional.empty()
                    : Optional.of(Instant.ofEpochSecond(Long.parseLong(text.substring(0, dash), 36)));
        } catch (RuntimeException notOurs) {
            return Optional.empty();
        }
    }
}
