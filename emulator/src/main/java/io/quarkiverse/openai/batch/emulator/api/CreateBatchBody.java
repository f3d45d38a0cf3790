package io.quarkiverse.openai.batch.emulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.openai.batch.emulator.batch.Endpoint;

/**
 * The checked body of createBatch. Unknown fields are accepted.
 *
 * @param metadata or null
 * @param outputExpiresAfter seconds, or null
 */
record CreateBatchBody(String inputFileId, Endpoint endpoint, String completionWindow, ObjectNode metadata,
        Long outputExpiresAfter) {

    private static final String WINDOW = "24h";
    private static final int MAX_PAIRS = 16;
    private static final int MAX_KEY = 64;
    private static final int MAX_VALUE = 512;

    static CreateBatchBody parse(JsonNode body) {
        String inputFileId = text(body, "input_file_id");
        String path = text(body, "endpoint");
        Endpoint endpoint = Endpoint.of(path).orElseThrow(() -> unsupported("endpoint", path, Endpoint.supported()));
        String window = text(body, "completion_window");
        if (!WINDOW.equals(window)) {
            throw unsupported("completion_window", window, "'" + WINDOW + "'");
        }
        return new CreateBatchBody(inputFileId, endpoint, window, metadata(body.path("metadata")),
                outputExpiresAfter(body.path("output_expires_after")));
    }

    private static String text(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            throw ApiException.missing(name);
        }
        if (!value.isTextual()) {
            throw invalidType(name, "a string");
        }
        return value.textValue();
    }

    private static ApiException unsupported(String name, String value, String supported) {
        String excerpt = value.length() <= 100 ? value : value.substring(0, 100) + "…";
        return ApiException.badRequest("Invalid value: '" + excerpt + "'. Supported values are: " + supported + ".", name,
                "invalid_value");
    }

    private static ApiException invalidType(String name, String expected) {
        return ApiException.badRequest("Invalid type for '" + name + "': expected " + expected + ".", name, "invalid_type");
    }

    private static ObjectNode metadata(JsonNode metadata) {
        if (metadata.isMissingNode() || metadata.isNull()) {
            return null;
        }
        if (!(metadata instanceof ObjectNode object)) {
            throw invalidType("metadata", "an object");
        }
        if (object.size() > MAX_PAIRS) {
            throw ApiException.badRequest("Invalid 'metadata': too many properties. Expected an object with at most "
                    + MAX_PAIRS + " properties, but got an object with " + object.size() + " properties instead.",
                    "metadata", "object_above_max_properties");
        }
        object.properties().forEach(pair -> checkPair(pair.getKey(), pair.getValue()));
        return object;
    }

    private static void checkPair(String key, JsonNode value) {
        if (length(key) > MAX_KEY) {
            throw ApiException.badRequest("Invalid 'metadata': property name too long. Expected a maximum length of "
                    + MAX_KEY + ", but got a length of " + length(key) + " instead.", "metadata",
                    "property_name_above_max_length");
        }
        String name = "metadata." + key;
        if (!value.isTextual()) {
            throw invalidType(name, "a string");
        }
        if (length(value.textValue()) > MAX_VALUE) {
            throw ApiException.badRequest("Invalid '" + name + "': string too long. Expected a string with maximum length "
                    + MAX_VALUE + ", but got a string with length " + length(value.textValue()) + " instead.", name,
                    "string_above_max_length");
        }
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static Long outputExpiresAfter(JsonNode policy) {
        if (policy.isMissingNode() || policy.isNull()) {
            return null;
        }
        if (!policy.isObject()) {
            throw invalidType("output_expires_after", "an object");
        }
        JsonNode seconds = policy.path("seconds");
        return Expiry.seconds("output_expires_after", policy.path("anchor").textValue(),
                seconds.isMissingNode() ? null : seconds.asText());
    }
}
