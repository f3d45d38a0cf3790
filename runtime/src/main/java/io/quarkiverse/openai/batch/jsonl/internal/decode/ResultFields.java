package io.quarkiverse.openai.batch.jsonl.internal.decode;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonToken;

import io.quarkiverse.openai.batch.jsonl.LineError;
import io.quarkiverse.openai.batch.jsonl.LinePosition;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.jsonl.Usage;
import io.quarkiverse.openai.batch.jsonl.internal.json.JsonReads;
import io.quarkiverse.openai.batch.jsonl.internal.json.LineFields;
import io.quarkiverse.openai.batch.jsonl.internal.json.LineJsonParser;

/**
 * The fields of one result line, read in one pass over its tokens, the typed body included. Both shapes of error line are read:
 * an {@code error} of the line's own, and an error as the body of a response (openai-openapi, branch manual_spec, schema
 * BatchRequestOutput, 2025-04-29).
 */
final class ResultFields implements LineFields {

    private final boolean typed;
    private String id;
    private String customId;
    private boolean hasStatus;
    private int statusCode;
    private String requestId;
    private LineError error;
    private BodyDecoder body;
    private int bodyFrom;
    private int bodyTo;

    ResultFields(boolean typed) {
        this.typed = typed;
    }

    @Override
    public void read(LineJsonParser p) throws IOException {
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            switch (name) {
                case "id" -> id = JsonReads.nonEmpty(p);
                case "custom_id" -> customId = JsonReads.nonEmpty(p);
                case "response" -> readResponse(p);
                case "error" -> error = ErrorDecoder.read(p);
                default -> JsonReads.skip(p);
            }
        }
    }

    /** Null if it is missing, or the line ended before it. */
    String customId() {
        return customId;
    }

    private void readResponse(LineJsonParser p) throws IOException {
        if (!JsonReads.object(p)) {
            return;
        }
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            switch (name) {
                case "status_code" -> readStatus(p);
                case "request_id" -> requestId = JsonReads.nonEmpty(p);
                case "body" -> readBody(p);
                default -> JsonReads.skip(p);
            }
        }
    }

    private void readStatus(LineJsonParser p) throws IOException {
        statusCode = JsonReads.intValue(p);
        hasStatus = p.currentToken() != JsonToken.VALUE_NULL;
    }

    private void readBody(LineJsonParser p) throws IOException {
        JsonToken token = p.nextToken();
        if (token != JsonToken.VALUE_STRING && !token.isStructStart()) {
            return;
        }
        bodyFrom = p.position() - 1;
        if (token == JsonToken.START_OBJECT) {
            body = new BodyDecoder(typed);
            body.read(p);
        } else {
            p.skipChildren();
            p.finishToken();
        }
        bodyTo = p.position();
    }

    /**
     * @param offset of the line in the bytes that the parser reads
     */
    ResultLine result(byte[] line, int offset, LinePosition position) {
        LineError ofBody = body == null ? null : body.error();
        return new ResultLine(outcome(), id, customId, statusCode, requestId, error == null ? ofBody : error,
                body == null ? Usage.NONE : body.usage(), body == null ? null : body.body(), position, null, line,
                bodyTo == 0 ? 0 : bodyFrom - offset, bodyTo == 0 ? 0 : bodyTo - offset);
    }

    private Outcome outcome() {
        boolean answered = hasStatus ? statusCode >= 200 && statusCode < 300 : error == null;
        if (answered && bodyTo > bodyFrom && (body == null || !body.isFailure())) {
            return Outcome.SUCCEEDED;
        }
        String code = error == null ? null : error.code();
        if (LineError.EXPIRED.equals(code)) {
            return Outcome.EXPIRED;
        }
        return LineError.CANCELLED.equals(code) ? Outcome.CANCELLED : Outcome.FAILED;
    }
}
