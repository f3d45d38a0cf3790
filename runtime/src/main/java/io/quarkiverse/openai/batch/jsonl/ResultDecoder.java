package io.quarkiverse.openai.batch.jsonl;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * Reads one result line in one pass over its tokens, the typed body included. Both shapes of error line are read: an
 * {@code error} of the line's own, and an error as the body of a response (openai-openapi, branch manual_spec, schema
 * BatchRequestOutput, 2025-04-29).
 */
final class ResultDecoder {

    private final byte[] line;

    private String id;
    private String customId;
    private boolean hasStatus;
    private int statusCode;
    private String requestId;
    private ResultError error;
    private BodyDecoder body;
    private int bodyFrom;
    private int bodyTo;

    private ResultDecoder(byte[] line) {
        this.line = line;
    }

    static BatchResult decode(byte[] line, LinePosition position) {
        ResultDecoder decoder = new ResultDecoder(line);
        String malformed = decoder.read();
        return malformed == null ? decoder.result(position)
                : BatchResult.malformed(decoder.customId, position, line, malformed);
    }

    /** Null, or why the line is malformed. */
    private String read() {
        try (JsonParser p = Json.parser(line, 0, line.length)) {
            if (p.nextToken() != JsonToken.START_OBJECT) {
                return "not a JSON object";
            }
            readLine(p);
            if (p.nextToken() != null) {
                return "more than one JSON value";
            }
            return customId == null ? "no custom_id" : null;
        } catch (IOException e) {
            return Malformed.reason(e, line, 0, line.length);
        }
    }

    private void readLine(JsonParser p) throws IOException {
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            switch (name) {
                case "id" -> id = Tokens.nonEmpty(p);
                case "custom_id" -> customId = Tokens.nonEmpty(p);
                case "response" -> readResponse(p);
                case "error" -> error = ResultError.read(p);
                default -> Tokens.skip(p);
            }
        }
    }

    private void readResponse(JsonParser p) throws IOException {
        if (!Tokens.object(p)) {
            return;
        }
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            switch (name) {
                case "status_code" -> readStatus(p);
                case "request_id" -> requestId = Tokens.nonEmpty(p);
                case "body" -> readBody(p);
                default -> Tokens.skip(p);
            }
        }
    }

    private void readStatus(JsonParser p) throws IOException {
        statusCode = Tokens.intValue(p);
        hasStatus = p.currentToken() != JsonToken.VALUE_NULL;
    }

    private void readBody(JsonParser p) throws IOException {
        JsonToken token = p.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        bodyFrom = (int) p.currentTokenLocation().getByteOffset();
        if (token == JsonToken.START_OBJECT) {
            body = new BodyDecoder();
            body.read(p);
        } else {
            p.skipChildren();
            p.finishToken();
        }
        bodyTo = (int) p.currentLocation().getByteOffset();
    }

    private BatchResult result(LinePosition position) {
        ResultError ofBody = body == null ? null : body.error();
        Outcome outcome = outcome(ofBody);
        return new BatchResult(outcome, id, customId, statusCode, requestId, error == null ? ofBody : error,
                body == null ? Usage.NONE : body.usage(), body == null ? null : body.body(),
                position, null, line, bodyFrom, bodyTo);
    }

    private Outcome outcome(ResultError ofBody) {
        boolean answered = hasStatus ? statusCode >= 200 && statusCode < 300 : error == null && ofBody == null;
        if (answered && bodyTo > bodyFrom) {
            return Outcome.SUCCEEDED;
        }
        String code = error == null ? null : error.code();
        if (ResultError.EXPIRED.equals(code)) {
            return Outcome.EXPIRED;
        }
        return ResultError.CANCELLED.equals(code) ? Outcome.CANCELLED : Outcome.FAILED;
    }
}
