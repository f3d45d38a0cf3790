package io.quarkiverse.openai.batch.jsonl;

import io.quarkiverse.openai.batch.model.BatchError;
import io.quarkiverse.openai.batch.model.ErrorResponse.ApiError;

/**
 * The reason why a line failed: the {@code error} of the line, or the {@code error} in the body of its response. The provider
 * wrote the message, which may quote the request. A {@link BatchError} is a reason why a whole batch was refused, an
 * {@link ApiError} why a call was, and a {@link Problem} a rule that a request line breaks before it is sent.
 *
 * @param code for example {@code batch_expired} or {@code invalid_api_key}; null if not given
 * @param message null if not given
 * @param type for example {@code invalid_request_error}; null if not given
 * @param param the request's parameter that caused the error; null if not given
 */
public record LineError(String code, String message, String type, String param) {

    public static final String EXPIRED = "batch_expired";
    public static final String CANCELLED = "batch_cancelled";

    public static LineError of(String code, String message) {
        return new LineError(code, message, null, null);
    }

    /** Without the message, which may quote the request. */
    @Override
    public String toString() {
        return "LineError[code=" + SafeText.of(code) + ", type=" + SafeText.of(type) + "]";
    }
}
