package io.quarkiverse.openai.batch.jsonl;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.jsonl.EmbeddingList.Embedding;
import io.quarkiverse.openai.batch.jsonl.internal.decode.ResultDecoder;
import io.quarkiverse.openai.batch.jsonl.internal.decode.StructuredText;
import io.quarkiverse.openai.batch.jsonl.internal.json.Json;
import io.quarkiverse.openai.batch.jsonl.internal.json.Printable;

/**
 * The result of one line: exactly one {@link Outcome}, and the answer or the error. The typed {@link #body()} is read with the
 * line; the line's bytes are kept for the fields that have no type here. Not in {@link #toString()}: what was asked and
 * answered.
 */
public final class BatchResult {

    private static final byte[] NO_LINE = {};

    private final Outcome outcome;
    private final String id;
    private final String customId;
    private final int statusCode;
    private final String requestId;
    private final ResultError error;
    private final Usage usage;
    private final ResultBody body;
    private final LinePosition position;
    private final String reason;
    private final byte[] line;
    private final int bodyFrom;
    private final int bodyTo;

    public BatchResult(Outcome outcome, String id, String customId, int statusCode, String requestId, ResultError error,
            Usage usage,
            ResultBody body, LinePosition position, String reason, byte[] line, int bodyFrom, int bodyTo) {
        this.outcome = outcome;
        this.id = id;
        this.customId = customId;
        this.statusCode = statusCode;
        this.requestId = requestId;
        this.error = error;
        this.usage = usage;
        this.body = body;
        this.position = position;
        this.reason = reason;
        this.line = line;
        this.bodyFrom = bodyFrom;
        this.bodyTo = bodyTo;
    }

    /** Reads one line by itself, without its newline; bytes that are no result line become {@link Outcome#MALFORMED}. */
    public static BatchResult parse(byte[] line) {
        return ResultDecoder.decode(line.clone(), new LinePosition(null, 1, 0));
    }

    /** The result of a request that no line of the result files answers. */
    public static BatchResult missing(String customId) {
        return withoutLine(Outcome.MISSING, customId, null);
    }

    /** The result of a request that failed without a line of its own, for example because its batch did. */
    public static BatchResult failed(String customId, ResultError error) {
        return withoutLine(Outcome.FAILED, customId, error);
    }

    private static BatchResult withoutLine(Outcome outcome, String customId, ResultError error) {
        return new BatchResult(outcome, null, customId, 0, null, error, Usage.NONE, null, null, null, NO_LINE, 0, 0);
    }

    public static BatchResult malformed(String customId, LinePosition position, byte[] line, String reason) {
        return new BatchResult(Outcome.MALFORMED, null, customId, 0, null, null, Usage.NONE, null, position, reason, line, 0,
                0);
    }

    public Outcome outcome() {
        return outcome;
    }

    public boolean succeeded() {
        return outcome == Outcome.SUCCEEDED;
    }

    /** The provider's id of the line; null if not given, as by Azure. */
    public String id() {
        return id;
    }

    /** Null only if the line is malformed before or in its {@code custom_id}. */
    public String customId() {
        return customId;
    }

    /** The HTTP status of the single request; 0 if not given. */
    public int statusCode() {
        return statusCode;
    }

    /** To be quoted to the provider's support; null if not given. */
    public String requestId() {
        return requestId;
    }

    /** The line's own error, or that in its body; null if there is neither. */
    public ResultError error() {
        return error;
    }

    /** All zero if not given. */
    public Usage usage() {
        return usage;
    }

    /** Null if there is no body, or it is of an endpoint without a type here: see {@link #bodyJson()}. */
    public ResultBody body() {
        return body;
    }

    /** Where the line stands; null if there is no line. */
    public LinePosition position() {
        return position;
    }

    /** Why the line is malformed; null if it is not. */
    public String reason() {
        return reason;
    }

    /** The answer's text, of chat (first choice), responses and completions (first choice); null if there is none. */
    public String text() {
        if (body instanceof ChatCompletion chat) {
            return chat.text();
        }
        if (body instanceof ModelResponse response) {
            return response.text();
        }
        return body instanceof TextCompletion completion ? completion.text() : null;
    }

    /** The vector of the first input; null if there is none. */
    public float[] embedding() {
        if (body instanceof EmbeddingList list && !list.embeddings().isEmpty()) {
            Embedding first = list.embeddings().get(0);
            return first.vector();
        }
        return null;
    }

    /**
     * Reads a structured answer: {@link #text()} as JSON of a type.
     *
     * @throws JsonlException if there is no text, or it is not of the type
     */
    public <T> T as(Class<T> type) {
        return StructuredText.read(this, Json.MAPPER.constructType(type));
    }

    /**
     * As {@link #as(Class)}, for generic types such as {@code List<City>}.
     *
     * @throws JsonlException if there is no text, or it is not of the type
     */
    public <T> T as(TypeReference<T> type) {
        return StructuredText.read(this, Json.MAPPER.constructType(type));
    }

    /**
     * The body as a type of the caller's, which Jackson binds.
     *
     * @throws JsonlException if there is no body, or it is not of the type
     */
    public <T> T bodyAs(Class<T> type) {
        JavaType javaType = Json.MAPPER.constructType(type);
        if (bodyTo == bodyFrom) {
            throw new JsonlException(this + " has no body");
        }
        return read(bodyFrom, bodyTo, javaType);
    }

    /**
     * The body with all its fields; a missing node if there is none.
     *
     * @throws JsonlException if it has a number of more than 1,000 digits
     */
    public JsonNode bodyJson() {
        return bodyTo == bodyFrom ? Json.MAPPER.missingNode()
                : read(bodyFrom, bodyTo, Json.MAPPER.constructType(JsonNode.class));
    }

    /**
     * The whole line with all its fields; a missing node if there is no line, or it is malformed.
     *
     * @throws JsonlException if it has a number of more than 1,000 digits
     */
    public JsonNode json() {
        return line.length == 0 || outcome == Outcome.MALFORMED ? Json.MAPPER.missingNode()
                : read(0, line.length, Json.MAPPER.constructType(JsonNode.class));
    }

    /** The line as it was read, however malformed, in UTF-8; empty if there is none or it was too long. */
    public byte[] line() {
        return line.clone();
    }

    int lineLength() {
        return line.length;
    }

    private <T> T read(int from, int to, JavaType type) {
        try {
            return Json.MAPPER.readValue(line, from, to - from, type);
        } catch (IOException e) {
            throw new JsonlException(StructuredText.mismatch(this, type, e));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BatchResult that && outcome == that.outcome
                && Objects.equals(customId, that.customId) && Arrays.equals(line, that.line);
    }

    @Override
    public int hashCode() {
        return Objects.hash(outcome, customId, Arrays.hashCode(line));
    }

    /** Ids, outcome, status and error code: nothing of what was asked or answered. */
    @Override
    public String toString() {
        return "BatchResult[" + (position == null ? "" : position + ", ") + "customId=" + Printable.of(customId) + ", outcome="
                + outcome
                + ", statusCode=" + statusCode + (error == null ? "" : ", error=" + Printable.of(error.code()))
                + (reason == null ? "" : ", reason=" + reason) + "]";
    }
}
