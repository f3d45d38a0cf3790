package io.quarkiverse.openai.batch.model;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;

/** Reads {@code metadata} with values of any JSON type (orq), kept as text. */
final class MetadataDeserializer extends StdDeserializer<Map<String, String>> {

    private static final long serialVersionUID = 1L;

    MetadataDeserializer() {
        super(Map.class);
    }

    @Override
    public Map<String, String> deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (LooseValue.any(parser) instanceof Map<?, ?> pairs) {
            pairs.forEach((name, value) -> {
                if (value != null) {
                    metadata.put((String) name, Lenient.text(value));
                }
            });
        }
        return metadata;
    }
}
