package io.quarkiverse.openai.batch.runtime.provider;

/**
 * What a provider takes. OpenAI's numbers: openai-openapi, schemas CreateBatchRequest and Metadata, 2026-08-21; batches an
 * hour:
 * Batch guide, 2026-08.
 *
 * @param requests lines of an input file
 * @param bytes bytes of an input file; OpenAI's 200 MB are 209,715,200 bytes by its server's own message
 * @param embeddingInputs inputs of all lines of an embeddings batch
 * @param metadata pairs of metadata, whose keys may have 64 and whose values 512 characters; 0 for no check
 * @param batchesPerHour batches created in an hour; 0 for any number
 */
public record Limits(long requests, long bytes, long embeddingInputs, int metadata, int batchesPerHour) {

    public static final Limits OPENAI = new Limits(50_000, 200L << 20, 50_000, 16, 2_000);

    public Limits withRequests(long lines) {
        return new Limits(lines, bytes, embeddingInputs, metadata, batchesPerHour);
    }

    public Limits withBytes(long size) {
        return new Limits(requests, size, embeddingInputs, metadata, batchesPerHour);
    }

    public Limits withEmbeddingInputs(long inputs) {
        return new Limits(requests, bytes, inputs, metadata, batchesPerHour);
    }

    public Limits withMetadata(int pairs) {
        return new Limits(requests, bytes, embeddingInputs, pairs, batchesPerHour);
    }

    public Limits withBatchesPerHour(int batches) {
        return new Limits(requests, bytes, embeddingInputs, metadata, batches);
    }
}
