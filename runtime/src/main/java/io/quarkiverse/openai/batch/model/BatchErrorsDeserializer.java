package io.quarkiverse.openai.batch.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;

/**
 * Reads {@code errors} as a list object (OpenAI), a bare array (Groq), a string (Novita), or an object without fields (orq).
 */
final class BatchErrorsDeserializer extends StdDeserializer<List<BatchError>> {

    private static final long serialVersionUID = 1L;

    BatchErrorsDeserializer() {
        super(List.class);
    }

    @Override
    public List<BatchError> deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        JsonNode errors = context.readTree(parser);
        if (errors.isTextual()) {
            return errors.asText().isBlank() ? List.of() : List.of(new BatchError(null, errors.asText(), null, null));
        }
        return read(errors.isObject() && errors.has("data") ? errors.get("data") : errors);
    }

    private static List<BatchError> read(JsonNode errors) {
        List<BatchError> read = new ArrayList<>();
        if (errors.isArray()) {
            errors.forEach(error -> read.add(error.isNull() ? null : error(error)));
        } else if (errors.isObject() && !errors.isEmpty()) {
            read.add(error(errors));
        }
        return read;
    }

    private static BatchError error(JsonNode error) {
        if (!error.isObject()) {
            return new BatchError(null, error.asText(), null, null);
        }
        return new BatchError(Lenient.text(error, "code"), Lenient.text(error, "message"), Lenient.text(error, "param"),
                line(error));
    }

    private static Integer line(JsonNode error) {
        JsonNode line = error.path("line");
        return line.canConvertToInt() ? Integer.valueOf(line.asInt()) : null;
    }
}
