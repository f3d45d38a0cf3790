package io.quarkiverse.openai.batch.jsonl;

/**
 * The limits of one input file and its batch. 0 is no limit.
 *
 * @param requests lines
 * @param bytes of the file
 * @param embeddingInputs texts to embed, of all lines together
 * @param tokens of all prompts together, as a {@link TokenEstimator} estimates them
 * @param customIdLength in characters
 * @param lineBytes of one line, without its newline
 * @param metadata pairs of metadata of a batch or of a line; also switches the check of their lengths ({@link MetadataSize})
 * @param oneModel whether all lines must be for the same model
 */
public record LineLimits(long requests, long bytes, long embeddingInputs, long tokens, int customIdLength, int lineBytes,
        int metadata, boolean oneModel) {

    /**
     * 50,000 requests, 200 MB and 50,000 embedding inputs (openai-openapi, CreateBatchRequest, 2026-08-21), of one model (Batch
     * guide), and 16 pairs of metadata (schema Metadata). MB are MiB: the server's own message has 209715200 bytes.
     */
    public static final LineLimits OPENAI = new LineLimits(50_000, 200L << 20, 50_000, 0, 0, 0, 16, true);

    public static final LineLimits NONE = new LineLimits(0, 0, 0, 0, 0, 0, 0, false);

    /**
     * @throws IllegalArgumentException if a limit is negative
     */
    public LineLimits {
        if (requests < 0 || bytes < 0 || embeddingInputs < 0 || tokens < 0 || customIdLength < 0 || lineBytes < 0
                || metadata < 0) {
            throw new IllegalArgumentException("A limit is a positive number, or 0 for none");
        }
    }

    public LineLimits withRequests(long value) {
        return new LineLimits(value, bytes, embeddingInputs, tokens, customIdLength, lineBytes, metadata, oneModel);
    }

    public LineLimits withBytes(long value) {
        return new LineLimits(requests, value, embeddingInputs, tokens, customIdLength, lineBytes, metadata, oneModel);
    }

    public LineLimits withEmbeddingInputs(long value) {
        return new LineLimits(requests, bytes, value, tokens, customIdLength, lineBytes, metadata, oneModel);
    }

    public LineLimits withTokens(long value) {
        return new LineLimits(requests, bytes, embeddingInputs, value, customIdLength, lineBytes, metadata, oneModel);
    }

    public LineLimits withCustomIdLength(int value) {
        return new LineLimits(requests, bytes, embeddingInputs, tokens, value, lineBytes, metadata, oneModel);
    }

    public LineLimits withLineBytes(int value) {
        return new LineLimits(requests, bytes, embeddingInputs, tokens, customIdLength, value, metadata, oneModel);
    }

    public LineLimits withMetadata(int value) {
        return new LineLimits(requests, bytes, embeddingInputs, tokens, customIdLength, lineBytes, value, oneModel);
    }

    public LineLimits withOneModel(boolean value) {
        return new LineLimits(requests, bytes, embeddingInputs, tokens, customIdLength, lineBytes, metadata, value);
    }
}
