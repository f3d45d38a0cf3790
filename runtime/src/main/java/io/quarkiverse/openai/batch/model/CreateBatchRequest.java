package io.quarkiverse.openai.batch.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a batch is created from (openai-openapi, schema CreateBatchRequest, 2026-08-21). Made by {@link #of} and the
 * {@code with} methods; what is not set is not sent.
 *
 * @param inputFileId the id of a JSONL file that was uploaded with the purpose {@code batch}
 * @param endpoint the endpoint that all lines of the file call
 * @param completionWindow the time within which the batch is to be done; null for the client's, {@code 24h} by default
 * @param metadata pairs to find the batch by; OpenAI takes 16, with keys of up to 64 and values of up to 512 characters
 * @param outputExpiresAfter when the provider is to delete the result files; null for the provider's own rule
 * @param additionalProperties further fields, for what only some providers take
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CreateBatchRequest(
        @JsonProperty("input_file_id") String inputFileId,
        Endpoint endpoint,
        @JsonProperty("completion_window") String completionWindow,
        Map<String, String> metadata,
        @JsonProperty("output_expires_after") ExpiresAfter outputExpiresAfter,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> additionalProperties) {

    private static final Set<String> OWN_FIELDS = Set.of("input_file_id", "endpoint", "completion_window", "metadata",
            "output_expires_after");

    /**
     * @throws IllegalArgumentException if the file id is null or blank, the endpoint is null, or a pair has a null in it
     */
    public CreateBatchRequest {
        if (inputFileId == null || inputFileId.isBlank()) {
            throw new IllegalArgumentException("A batch needs the id of an uploaded file: inputFileId is blank");
        }
        if (endpoint == null) {
            throw new IllegalArgumentException("A batch needs the endpoint that its lines call: endpoint is null");
        }
        metadata = copied(metadata);
        additionalProperties = copied(additionalProperties);
    }

    /**
     * @throws IllegalArgumentException if the file id is null or blank, or the endpoint is null
     */
    public static CreateBatchRequest of(String inputFileId, Endpoint endpoint) {
        return new CreateBatchRequest(inputFileId, endpoint, null, null, null, null);
    }

    /** The same with another window, such as {@code 24h}; providers other than OpenAI take others. */
    public CreateBatchRequest withCompletionWindow(String window) {
        return new CreateBatchRequest(inputFileId, endpoint, window, metadata, outputExpiresAfter, additionalProperties);
    }

    /** The same with these pairs instead of those that it had. */
    public CreateBatchRequest withMetadata(Map<String, String> pairs) {
        return new CreateBatchRequest(inputFileId, endpoint, completionWindow, pairs, outputExpiresAfter, additionalProperties);
    }

    /** The same with result files that expire. */
    public CreateBatchRequest withOutputExpiresAfter(ExpiresAfter expiry) {
        return new CreateBatchRequest(inputFileId, endpoint, completionWindow, metadata, expiry, additionalProperties);
    }

    /**
     * The same with one more field in the body, for what only some providers take.
     *
     * @param value written as JSON; never null, since an unset field is left out
     * @throws IllegalArgumentException if the name is that of a field that this record has itself
     */
    public CreateBatchRequest withProperty(String name, Object value) {
        if (OWN_FIELDS.contains(name)) {
            throw new IllegalArgumentException("\"%s\" is no additional property: use the method for it".formatted(name));
        }
        Map<String, Object> properties = new LinkedHashMap<>(additionalProperties);
        properties.put(name, value);
        return new CreateBatchRequest(inputFileId, endpoint, completionWindow, metadata, outputExpiresAfter, properties);
    }

    private static <V> Map<String, V> copied(Map<String, V> pairs) {
        Map<String, V> copy = new LinkedHashMap<>();
        if (pairs != null) {
            copy.putAll(pairs);
        }
        if (copy.containsKey(null) || copy.containsValue(null)) {
            throw new IllegalArgumentException("A pair has a null in it: what is unset is left out");
        }
        return Collections.unmodifiableMap(copy);
    }
}
