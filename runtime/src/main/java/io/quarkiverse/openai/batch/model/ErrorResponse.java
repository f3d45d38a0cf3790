package io.quarkiverse.openai.batch.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;

/**
 * The body of an answer that is an error (openai-openapi, schema ErrorResponse, 2026-08-21).
 *
 * @param error what went wrong; may be null
 */
public record ErrorResponse(@JsonDeserialize(using = ApiErrorDeserializer.class) ApiError error) {

    /**
     * @param type the kind of error, such as {@code invalid_request_error}; may be null
     * @param message the text for people; may be null. Providers echo parts of the request in it
     * @param param the parameter at fault; may be null
     * @param code the machine-readable code, such as {@code invalid_api_key}; may be null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ApiError(String type, String message, String param, String code) {
    }
}
