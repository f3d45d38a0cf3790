package io.quarkiverse.openai.batch.model;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;

/** Reads {@code metadata} with values of any JSON type (orq), kept as text. */
final class MetadataDeserializer extends StdDeserializer<Map<String, String>> {

    private static final long serialVersionUID = 1L;

    MetadataDeserializer() {
        super(Map.class);
    }

    @Override
    public Map<String, String> deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        JsonNode pairs = context.readTree(parser);
        Map<String, String> metadata = new LinkedHashMap<>();
        pairs.properties().forEach(pair -> put(metadata, pair.getKey(), pair.getValue()));
        return metadata;
    }

    private static void put(Map<String, String> metadata, String key, JsonNode value) {
        if (!value.isNull()) {
            metadata.put(key, value.isTextual() ? value.asText() : value.toString());
        }
    }
}
