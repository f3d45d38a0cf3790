package io.quarkiverse.openai.batch;

import java.util.Optional;

import io.quarkiverse.openai.batch.model.Batch;

/** Thrown when {@link BatchService#awaitBatch} has waited its time. The batch continues at the provider. */
public class BatchTimeoutException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Batch batch;

    /**
     * @param batch as it was seen last; null if it was never seen
     * @param lastError the error of the last look; null if it succeeded
     */
    public BatchTimeoutException(String message, Batch batch, Throwable lastError) {
        super(message, lastError);
        this.batch = batch;
    }

    /** The batch as it was seen last; empty if every look failed. */
    public Optional<Batch> batch() {
        return Optional.ofNullable(batch);
    }
}
