package io.quarkiverse.openai.batch.emulator.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One line's request as an endpoint gets it.
 *
 * @param body what the line carries
 * @param hash of the line's content; everything that looks random in the answer comes from it
 * @param createdAt time of the answer, in Unix seconds
 * @param cached prompt tokens that are read from the cache
 */
public record LineRequest(ObjectNode body, long hash, long createdAt, long cached) {

    private static final long MAX_GENERATED = 10_000_000;

    String model() {
        return body.path("model").asText();
    }

    String id(String prefix) {
        return prefix + Hash64.hex(hash);
    }

    /** A parameter that must be there. */
    JsonNode required(String name) throws InvalidLineRequest {
        JsonNode value = body.get(name);
        if (value == null || value.isNull()) {
            throw InvalidLineRequest.missing(name);
        }
        return value;
    }

    /** An integer parameter within bounds, or its default if it is absent. */
    int integer(String name, int fallback, int min, int max) throws InvalidLineRequest {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return fallback;
        }
        if (!value.isInt() || value.intValue() < min || value.intValue() > max) {
            throw InvalidLineRequest.invalid(name, "Expected an integer from " + min + " to " + max + ".");
        }
        return value.intValue();
    }

    /** Refuses to repeat a text so often that it would not fit into memory. */
    static void checkGenerated(long characters, int times) throws InvalidLineRequest {
        if (characters * times > MAX_GENERATED) {
            throw InvalidLineRequest.invalid("n", "The answer would have more than " + MAX_GENERATED + " characters.");
        }
    }
}
