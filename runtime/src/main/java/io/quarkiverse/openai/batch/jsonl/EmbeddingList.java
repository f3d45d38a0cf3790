package io.quarkiverse.openai.batch.jsonl;

import java.util.List;

/**
 * The answer of {@code /v1/embeddings} (openai-openapi, schema CreateEmbeddingResponse, 2026-08-21).
 *
 * @param model null if not given
 * @param embeddings one for each input, ordered by their index
 */
public record EmbeddingList(String model, List<Embedding> embeddings) implements ResultBody {

    /**
     * @param index of the input, counted from 0
     * @param vector also if it came in Base64 ({@code encoding_format}); not copied, so that it is the caller's to keep
     */
    public record Embedding(int index, float[] vector) {

        @Override
        public String toString() {
            return "Embedding[index=" + index + ", dimensions=" + vector.length + "]";
        }
    }
}
