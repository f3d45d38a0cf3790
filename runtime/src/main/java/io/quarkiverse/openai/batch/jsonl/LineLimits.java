package io.quarkiverse.openai.batch.jsonl;

import java.util.regex.Pattern;

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
 * @param streams whether a line may ask for a stream, which the provider then ignores (SiliconFlow's own example has it)
 * @param customIdCharacters the characters of a custom_id, as in a class of a regular expression, such as {@code A-Za-z0-9_-};
 *        null for any
 */
public record LineLimits(long requests, long bytes, long embeddingInputs, long tokens, int customIdLength, int lineBytes,
        int metadata, boolean oneModel, boolean streams, String customIdCharacters) {

    /**
     * 50,000 requests, 200 MB and 50,000 embedding inputs (openai-openapi, CreateBatchRequest, 2026-08-21), of one model (Batch
     * guide), and 16 pairs of metadata (schema Metadata). MB are MiB: the server's own message has 209715200 bytes.
     */
    public static final LineLimits OPENAI = new LineLimits(50_000, 200L << 20, 50_000, 0, 0, 0, 16, true, false, null);

    public static final LineLimits NONE = new LineLimits(0, 0, 0, 0, 0, 0, 0, false, false, null);

    /**
     * @throws IllegalArgumentException if a limit is negative, or the characters are no class of a regular expression
     */
    public LineLimits {
        if (requests < 0 || bytes < 0 || embeddingInputs < 0 || tokens < 0 || customIdLength < 0 || lineBytes < 0
                || metadata < 0) {
            throw new IllegalArgumentException("A limit is a positive number, or 0 for none");
        }
        if (customIdCharacters != null) {
            Pattern.compile("[" + customIdCharacters + "]*");
        }
    }

    public LineLimits withRequests(long value) {
        return new LineLimits(value, bytes, embeddingInputs, tokens, customIdLength, lineBytes, metadata, oneModel, streams,
                customIdCharacters);
    }

    public LineLimits withBytes(long value) {
        return new LineLimits(requests, value, embeddingInputs, tokens, customIdLength, lineBytes, metadata, oneModel, streams,
                customIdCharacters);
    }

    public LineLimits withEmbeddingInputs(long value) {
        return new LineLimits(requests, bytes, value, tokens, customIdLength, lineBytes, metadata, oneModel, streams,
                customIdCharacters);
    }

    public LineLimits withTokens(long value) {
        return new LineLimits(requests, bytes, embeddingInputs, value, customIdLength, lineBytes, metadata, oneModel, streams,
                customIdCharacters);
    }

    public LineLimits withCustomIdLength(int value) {
        return new LineLimits(requests, bytes, embeddingInputs, tokens, value, lineBytes, metadata, oneModel, streams,
                customIdCharacters);
    }

    public LineLimits withLineBytes(int value) {
        return new LineLimits(requests, bytes, embeddingInputs, tokens, customIdLength, value, metadata, oneModel, streams,
                customIdCharacters);
    }

    public LineLimits withMetadata(int value) {
        return new LineLimits(requests, bytes, embeddingInputs, tokens, customIdLength, lineBytes, value, oneModel, streams,
                customIdCharacters);
    }

    public LineLimits withOneModel(boolean value) {
        return new LineLimits(requests, bytes, embeddingInputs, tokens, customIdLength, lineBytes, metadata, value, streams,
                customIdCharacters);
    }

    public LineLimits withStreams(boolean value) {
        return new LineLimits(requests, bytes, embeddingInputs, tokens, customIdLength, lineBytes, metadata, oneModel, value,
                customIdCharacters);
    }

    public LineLimits withCustomIdCharacters(String value) {
        return new LineLimits(requests, bytes, embeddingInputs, tokens, customIdLength, lineBytes, metadata, oneModel, streams,
                value);
    }
}
