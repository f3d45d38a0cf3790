package io.quarkiverse.openai.batch.jsonl;

import java.util.List;
import java.util.Map;

import io.quarkiverse.openai.batch.model.Endpoint;

/** A body for {@code /v1/embeddings} (openai-openapi, schema CreateEmbeddingRequest, 2026-08-21). */
public final class EmbeddingsBody extends RequestBody<EmbeddingsBody> {

    private EmbeddingsBody(Map<String, Object> parameters) {
        super(parameters);
    }

    public static EmbeddingsBody of(String model) {
        return new EmbeddingsBody(Map.of()).with("model", model);
    }

    @Override
    EmbeddingsBody copy(Map<String, Object> parameters) {
        return new EmbeddingsBody(parameters);
    }

    @Override
    public Endpoint endpoint() {
        return Endpoint.EMBEDDINGS;
    }

    /** The text to embed. */
    public EmbeddingsBody input(String text) {
        return with("input", text);
    }

    /** Several texts to embed; each counts as an embedding input of the file. */
    public EmbeddingsBody input(List<String> texts) {
        return with("input", texts);
    }

    /** The length of the vectors, where the model can shorten them. */
    public EmbeddingsBody dimensions(int dimensions) {
        return with("dimensions", dimensions);
    }

    /** Vectors in Base64, a third of the size of numbers; {@link BatchResult#embedding()} reads both. */
    public EmbeddingsBody base64() {
        return with("encoding_format", "base64");
    }
}
