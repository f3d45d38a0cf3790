package io.quarkiverse.openai.batch.jsonl;

import java.util.Arrays;
import java.util.Objects;

import io.quarkiverse.openai.batch.jsonl.internal.encode.RequestEncoder;
import io.quarkiverse.openai.batch.model.Endpoint;

/**
 * One line of a batch's input file (openai-openapi, branch manual_spec, schema BatchRequestInput, 2025-04-29).
 *
 * @param customId the caller's id of the line, unique in its file and repeated in the result
 * @param method {@code POST}, the only method; null is left out, for providers that accept none (Together)
 * @param url the path of the endpoint, usually the batch's (Azure's differ); null is left out
 * @param body a typed body such as {@link ChatBody}, a {@link RawJson}, a Jackson node, a map, or any object that Jackson
 *        serialises to a JSON object; null fields of such objects are left out
 */
public record BatchRequest(String customId, String method, String url, Object body) {

    private static final String POST = "POST";

    /**
     * @throws IllegalArgumentException if the custom id is null or empty, or the body null
     */
    public BatchRequest {
        if (customId == null || customId.isEmpty()) {
            throw new IllegalArgumentException("A request needs a custom id");
        }
        if (body == null) {
            throw new IllegalArgumentException("Request " + SafeText.of(customId) + " needs a body");
        }
    }

    /** A chat completion of one user message. */
    public static BatchRequest chat(String customId, String model, String text) {
        return of(customId, ChatBody.of(model).user(text));
    }

    /** A request to the endpoint of a typed body. */
    public static BatchRequest of(String customId, RequestBody<?> body) {
        return of(customId, body.endpoint(), body);
    }

    /** A request to any endpoint. */
    public static BatchRequest of(String customId, Endpoint endpoint, Object body) {
        return new BatchRequest(customId, POST, endpoint.path(), body);
    }

    /** A line of {@code custom_id} and {@code body} alone, for providers that take the endpoint from the batch (Together). */
    public static BatchRequest bare(String customId, Object body) {
        return new BatchRequest(customId, null, null, body);
    }

    /** This request with another path. */
    public BatchRequest withUrl(String path) {
        return new BatchRequest(customId, method, Objects.requireNonNull(path), body);
    }

    /**
     * The line as it is written, with its newline.
     *
     * @throws JsonlException if Jackson cannot serialise the body
     */
    public byte[] toLine() {
        RequestEncoder encoder = new RequestEncoder();
        encoder.encode(this);
        return Arrays.copyOf(encoder.buffer(), encoder.length());
    }

    /** Without the body, which holds what is asked. */
    @Override
    public String toString() {
        return "BatchRequest[customId=" + SafeText.of(customId) + ", method=" + SafeText.of(method) + ", url="
                + SafeText.of(url) + "]";
    }
}
