package io.quarkiverse.openai.batch.jsonl.internal.decode;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonToken;

import io.quarkiverse.openai.batch.jsonl.LineError;
import io.quarkiverse.openai.batch.jsonl.internal.json.JsonReads;
import io.quarkiverse.openai.batch.jsonl.internal.json.LineJsonParser;

/** Reads the errors of lines. */
final class ErrorDecoder {

    private ErrorDecoder() {
    }

    /** Reads the next value: an object, or a text taken for the message; null, empty and anything else is no error. */
    static LineError read(LineJsonParser p) throws IOException {
        if (p.nextToken() == JsonToken.START_OBJECT) {
            return readObject(p);
        }
        String message = p.currentToken() == JsonToken.VALUE_STRING ? p.text() : null;
        p.skipChildren();
        return message == null || message.isEmpty() ? null : LineError.of(null, message);
    }

    private static LineError readObject(LineJsonParser p) throws IOException {
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
        return empty ? null : new LineError(code, message, type, param);
    }
}
