package io.quarkiverse.openai.batch.model;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
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
        Object errors = LooseValue.any(parser);
        if (errors instanceof Map<?, ?> object && object.containsKey("data")) {
            errors = object.get("data");
        }
        return (errors instanceof List<?> list ? list : Collections.singletonList(errors)).stream()
                .map(BatchErrorsDeserializer::error).filter(Objects::nonNull).toList();
    }

    /** Null if it says nothing. */
    private static BatchError error(Object error) {
        if (error instanceof Map<?, ?> fields) {
            return fields.isEmpty() ? null
                    : new BatchError(Lenient.text(fields.get("code")), Lenient.text(fields.get("message")),
                            Lenient.text(fields.get("param")), line(fields.get("line")));
        }
        String message = Lenient.text(error);
        return message == null || message.isBlank() ? null : new BatchError(null, message, null, null);
    }

    private static Integer line(Object line) {
        return line instanceof Integer number ? number : null;
    }
}
