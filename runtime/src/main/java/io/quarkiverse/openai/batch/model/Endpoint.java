package io.quarkiverse.openai.batch.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The API endpoint that a batch calls for each of its lines, as a path such as {@code /v1/chat/completions}.
 * <p>
 * The constants are the endpoints that OpenAI's Batch API takes (batch guide, 2026-11-09; {@code /v1/videos} ended on
 * 2026-09-24). Providers have others ({@code /v4/chat/completions}); {@link #of(String)} takes any.
 *
 * @param path the path as it is sent, never blank
 */
public record Endpoint(@JsonValue String path) {

    public static final Endpoint RESPONSES = new Endpoint("/v1/responses");
    public static final Endpoint CHAT_COMPLETIONS = new Endpoint("/v1/chat/completions");
    public static final Endpoint EMBEDDINGS = new Endpoint("/v1/embeddings");
    public static final Endpoint COMPLETIONS = new Endpoint("/v1/completions");
    public static final Endpoint MODERATIONS = new Endpoint("/v1/moderations");
    public static final Endpoint IMAGES_GENERATIONS = new Endpoint("/v1/images/generations");
    public static final Endpoint IMAGES_EDITS = new Endpoint("/v1/images/edits");

    /**
     * @throws IllegalArgumentException if the path is null or blank
     */
    public Endpoint {
        if (path == null || path.isBlank()) {
            throw new IllegalArgumentException("An endpoint is a path such as /v1/chat/completions, not blank");
        }
    }

    /**
     * @throws IllegalArgumentException if the path is null or blank
     */
    @JsonCreator
    public static Endpoint of(String path) {
        return new Endpoint(path);
    }

    @Override
    public String toString() {
        return path;
    }
}
