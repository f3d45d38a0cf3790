package io.quarkiverse.openai.batch.model;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;

import io.quarkiverse.openai.batch.model.ErrorResponse.ApiError;

/** Reads the error object of OpenAI and the bare string that gateways send instead. */
final class ApiErrorDeserializer extends StdDeserializer<ApiError> {

    private static final long serialVersionUID = 1L;

    ApiErrorDeserializer() {
        super(ApiError.class);
    }

    @Override
    public ApiError deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        JsonNode error = context.readTree(parser);
        if (error.isObject()) {
            return new ApiError(Lenient.text(error, "type"), Lenient.text(error, "message"), Lenient.text(error, "param"),
                    Lenient.text(error, "code"));
        }
        return new ApiError(null, error.asText(), null, null);
    }
}
