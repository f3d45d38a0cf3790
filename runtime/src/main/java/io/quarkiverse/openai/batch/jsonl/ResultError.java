package io.quarkiverse.openai.batch.jsonl;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonToken;

import io.quarkiverse.openai.batch.jsonl.internal.json.JsonReads;
import io.quarkiverse.openai.batch.jsonl.internal.json.LineJsonParser;
import io.quarkiverse.openai.batch.jsonl.internal.json.Printable;

/**
 * Why a line failed: the line's own {@code error}, or the {@code error} in the body of its response. The provider wrote the
 * message, which may quote the request.
 *
 * @param code for example {@code batch_expired} or {@code invalid_api_key}; null if not given
 * @param message null if not given
 * @param type for example {@code invalid_request_error}; null if not given
 * @param param the request's parameter that is to blame; null if not given
 */
public record ResultError(String code, String message, String type, String param) {

    public static final String EXPIRED = "batch_expired";
    public static final String CANCELLED = "batch_cancelled";

    public static ResultError of(String code, String message) {
        return new ResultError(code, message, null, null);
    }

    /** Reads the next value: an object, or a text taken for the message; null, empty and anything else is no error. */
    public static ResultError read(LineJsonParser p) throws IOException {
        if (p.nextToken() == JsonToken.START_OBJECT) {
            return readObject(p);
        }
        String message = JsonReads.scalar(p);
        return message == null || message.isEmpty() ? null : of(null, message);
    }

    private static ResultError readObject(LineJsonParser p) throws IOException {
        String code = null;
        String message = null;
        String type = null;
        String param = null;
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            switch (name) {
                case "code" -> code = JsonReads.nonEmpty(p);
                case "message" -> message = JsonReads.nonEmpty(p);
                case "type" -> type = JsonReads.nonEmpty(p);
                case "param" -> param = JsonReads.nonEmpty(p);
                default -> JsonReads.skip(p);
            }
        }
        boolean empty = code == null && message == null && type == null && param == null;
        return empty ? null : new ResultError(code, message, type, param);
    }

    /** Without the message, which may quote the request. */
    @Override
    public String toString() {
        return "ResultError[code=" + Printable.of(code) + ", type=" + Printable.of(type) + "]";
    }
}
