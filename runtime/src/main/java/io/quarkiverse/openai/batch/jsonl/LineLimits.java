package io.quarkiverse.openai.batch.jsonl;

/**
 * What one input file may hold. 0 is no limit.
 *
 * @param requests lines
 * @param bytes of the file
 * @param embeddingInputs texts to embed, of all lines together
 * @param customIdLength in characters
 * @param lineBytes of one line, without its newline
 * @param tokens of all prompts together, as estimated
 */
public record LineLimits(long requests, long bytes, long embeddingInputs, int customIdLength, int lineBytes, long tokens) {

    /**
     * 50,000 requests, 200 MB and 50,000 embedding inputs (openai-openapi, CreateBatchRequest, 2026-08-21). MB are MiB: the
     * server's own message has 209715200 bytes.
     */
    public static final LineLimits OPENAI = new LineLimits(50_000, 200L << 20, 50_000, 0, 0, 0);

    public static final LineLimits NONE = new LineLimits(0, 0, 0, 0, 0, 0);

    /**
     * @throws IllegalArgumentException if a limit is negative
     */
    public LineLimits {
        if (requests < 0 || bytes < 0 || embeddingInputs < 0 || customIdLength < 0 || lineBytes < 0 || tokens < 0) {
            throw new IllegalArgumentException("A limit is a positive number, or 0 for none");
        }
    }

    public LineLimits withRequests(long max) {
        return new LineLimits(max, bytes, embeddingInputs, customIdLength, lineBytes, tokens);
    }

    public LineLimits withBytes(long max) {
        return new LineLimits(requests, max, embeddingInputs, customIdLength, lineBytes, tokens);
    }

    public LineLimits withEmbeddingInputs(long max) {
        return new LineLimits(requests, bytes, max, customIdLength, lineBytes, tokens);
    }

    public LineLimits withCustomIdLength(int max) {
        return new LineLimits(requests, bytes, embeddingInputs, max, lineBytes, tokens);
    }

    public LineLimits withLineBytes(int max) {
        return new LineLimits(requests, bytes, embeddingInputs, customIdLength, max, tokens);
    }

    public LineLimits withTokens(long max) {
        return new LineLimits(requests, bytes, embeddingInputs, customIdLength, lineBytes, max);
    }
}
