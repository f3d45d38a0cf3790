package io.quarkiverse.openai.batch.emulator.control;

/**
 * What the emulator refuses. The defaults are OpenAI's documented limits.
 *
 * @param maxLines requests in one input file; beyond it a batch fails with {@code too_many_tasks}. Default 50,000 (OpenAPI
 *        document, CreateBatchRequest)
 * @param maxBytes size of one input file in bytes; beyond it a batch fails. Default 209,715,200 (the number that OpenAI's own
 *        message prints)
 * @param maxLineBytes size of one line in bytes; beyond it a batch fails. Default 10 MiB (the emulator's own, to bound memory)
 * @param maxEmbeddingInputs embedding inputs over all lines of a batch. Default 50,000 (OpenAPI document, CreateBatchRequest)
 * @param maxUploadBytes size of any uploaded file in bytes. Default 512 MiB (OpenAPI document, files)
 * @param enqueuedTokens prompt tokens of all active batches of one model; beyond it a batch fails with
 *        {@code token_limit_exceeded}. Default 0: no limit (OpenAI shows the value only on a settings page)
 * @param batchesPerHour batches created in one hour; beyond it create answers 429. Default 0: no limit (OpenAI's guide says
 *        2,000)
 */
public record Limits(int maxLines, long maxBytes, int maxLineBytes, int maxEmbeddingInputs, long maxUploadBytes,
        long enqueuedTokens, int batchesPerHour) {

    /** OpenAI's documented limits. */
    public static final Limits DOCUMENTED = new Limits(50_000, 209_715_200, 10 << 20, 50_000, 512L << 20, 0, 0);

    /** @throws IllegalArgumentException if a limit is negative, or zero where zero does not mean "no limit" */
    public Limits {
        if (maxLines < 1 || maxBytes < 1 || maxLineBytes < 1 || maxEmbeddingInputs < 1 || maxUploadBytes < 1) {
            throw new IllegalArgumentException("Limits must be positive");
        }
        if (enqueuedTokens < 0 || batchesPerHour < 0) {
            throw new IllegalArgumentException("Limits must not be negative; 0 means no limit");
        }
    }

    public Limits withMaxLines(int value) {
        return new Limits(value, maxBytes, maxLineBytes, maxEmbeddingInputs, maxUploadBytes, enqueuedTokens, batchesPerHour);
    }

    public Limits withMaxBytes(long value) {
        return new Limits(maxLines, value, maxLineBytes, maxEmbeddingInputs, maxUploadBytes, enqueuedTokens, batchesPerHour);
    }

    public Limits withMaxLineBytes(int value) {
        return new Limits(maxLines, maxBytes, value, maxEmbeddingInputs, maxUploadBytes, enqueuedTokens, batchesPerHour);
    }

    public Limits withMaxEmbeddingInputs(int value) {
        return new Limits(maxLines, maxBytes, maxLineBytes, value, maxUploadBytes, enqueuedTokens, batchesPerHour);
    }

    public Limits withMaxUploadBytes(long value) {
        return new Limits(maxLines, maxBytes, maxLineBytes, maxEmbeddingInputs, value, enqueuedTokens, batchesPerHour);
    }

    public Limits withEnqueuedTokens(long value) {
        return new Limits(maxLines, maxBytes, maxLineBytes, maxEmbeddingInputs, maxUploadBytes, value, batchesPerHour);
    }

    public Limits withBatchesPerHour(int value) {
        return new Limits(maxLines, maxBytes, maxLineBytes, maxEmbeddingInputs, maxUploadBytes, enqueuedTokens, value);
    }
}
