package io.quarkiverse.openai.batch.model;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;

import io.quarkiverse.openai.batch.model.ErrorResponse.ApiError;

/** Reads the error object of OpenAI, and the bare string or the list that gateways send instead. */
final class ApiErrorDeserializer extends StdDeserializer<ApiError> {

    private static final long serialVersionUID = 1L;

    ApiErrorDeserializer() {
        super(ApiError.class);
    }

    @Override
    public ApiError deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        Object error = LooseValue.any(parser);
        if (error instanceof List<?> several) {
            error = several.isEmpty() ? null : several.get(0);
        }
        if (error instanceof Map<?, ?> fields) {
            return new ApiError(Lenient.text(fields.get("type")), Lenient.text(fields.get("message")),
                    Lenient.text(fields.get("param")), Lenient.text(fields.get("code")));
        }
        return error == null ? null : new ApiError(null, Lenient.text(error), null, null);
    }
}
