package io.quarkiverse.openai.batch.model;

import com.fasterxml.jackson.databind.JsonNode;

/** How the deviations of providers are read. */
final class Lenient {

    private Lenient() {
    }

    /** Providers write an absent id as an empty string; a client that takes it for one asks for {@code /files//content}. */
    static String id(String id) {
        return id == null || id.isBlank() ? null : id;
    }

    /** A field that should be text, whatever it is. */
    static String text(JsonNode object, String field) {
        JsonNode value = object.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }
}
