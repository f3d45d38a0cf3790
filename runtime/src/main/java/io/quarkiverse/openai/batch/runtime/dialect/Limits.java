package io.quarkiverse.openai.batch.runtime.dialect;

/**
 * What a provider takes. OpenAI's numbers: openai-openapi, schemas CreateBatchRequest and Metadata, 2026-08-21.
 *
 * @param requests lines of an input file
 * @param bytes bytes of an input file; OpenAI's 200 MB are 209,715,200 bytes by its server's own message
 * @param embeddingInputs inputs of all lines of an embeddings batch
 * @param metadata pairs of metadata, whose keys may have 64 and whose values 512 characters; 0 for no check
 */
public record Limits(long requests, long bytes, long embeddingInputs, int metadata) {

    public static final Limits OPENAI = new Limits(50_000, 200L << 20, 50_000, 16);

    public Limits withRequests(long lines) {
        return new Limits(lines, bytes, embeddingInputs, metadata);
    }

    public Limits withBytes(long size) {
        return new Limits(requests, size, embeddingInputs, metadata);
    }

    public Limits withEmbeddingInputs(long inputs) {
        return new Limits(requests, bytes, inputs, metadata);
    }

    public Limits withMetadata(int pairs) {
        return new Limits(requests, bytes, embeddingInputs, pairs);
    }
}
