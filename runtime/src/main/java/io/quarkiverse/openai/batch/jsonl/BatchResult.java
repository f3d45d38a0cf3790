package io.quarkiverse.openai.batch.jsonl;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.jsonl.EmbeddingList.Embedding;
import io.quarkiverse.openai.batch.jsonl.internal.decode.ResultDecoder;
import io.quarkiverse.openai.batch.jsonl.internal.decode.ResultLine;
import io.quarkiverse.openai.batch.jsonl.internal.decode.StructuredText;
import io.quarkiverse.openai.batch.jsonl.internal.json.Json;

/**
 * The result of one line: exactly one {@link Outcome}, and the answer or the error. The typed {@link #body()} is read with the
 * line; the line's bytes are kept for the fields that have no type here. Not in {@link #toString()}: what was asked and
 * answered.
 */
public final class BatchResult {

    private final ResultLine line;

    BatchResult(ResultLine line) {
        this.line = line;
    }

    /** Reads one line by itself, without its newline; bytes that are no result line become {@link Outcome#MALFORMED}. */
    public static BatchResult parse(byte[] line) {
        return new BatchResult(ResultDecoder.decode(line.clone(), new LinePosition(null, 1, 0)));
    }

    /** The result of a request that no line of the result files answers. */
    public static BatchResult missing(String customId) {
        return new BatchResult(ResultLine.none(Outcome.MISSING, customId, null));
    }

    /** The result of a request that failed without a line of its own, for example because its batch did. */
    public static BatchResult failed(String customId, LineError error) {
        return new BatchResult(ResultLine.none(Outcome.FAILED, customId, error));
    }

    /** This answer as one that is not what was asked for: {@link Outcome#INVALID}. */
    public BatchResult asInvalid() {
        return new BatchResult(line.invalid());
    }

    public Outcome outcome() {
        return line.outcome();
    }

    public boolean succeeded() {
        return outcome() == Outcome.SUCCEEDED;
    }

    /** The provider's id of the line; null if not given, as by Azure. */
    public String id() {
        return line.id();
    }

    /** Null only if the line is malformed before or in its {@code custom_id}. */
    public String customId() {
        return line.customId();
    }

    /** The HTTP status of the single request; 0 if not given. */
    public int statusCode() {
        return line.statusCode();
    }

    /** To be quoted to the provider's support; null if not given. */
    public String requestId() {
        return line.requestId();
    }

    /** The line's own error, or that in its body; null if there is neither. */
    public LineError error() {
        return line.error();
    }

    /** All zero if not given. */
    public Usage usage() {
        return line.usage();
    }

    /** Null if there is no body, or it is of an endpoint without a type here: see {@link #bodyJson()}. */
    public ResultBody body() {
        return line.body();
    }

    /** Where the line stands; null if there is no line. */
    public LinePosition position() {
        return line.position();
    }

    /** Why the line is malformed; null if it is not. */
    public String reason() {
        return line.reason();
    }

    /** The answer's text, of chat (first choice), responses and completions (first choice); null if there is none. */
    public String text() {
        if (body() instanceof ChatCompletion chat) {
            return chat.text();
        }
        if (body() instanceof ModelResponse response) {
            return response.text();
        }
        return body() instanceof TextCompletion completion ? completion.text() : null;
    }

    /**
     * Why the model stopped: {@code finish_reason} of the first choice, such as {@code stop} or {@code length}; of a response
     * that is incomplete its reason, such as {@code max_output_tokens}, else its status. Null if not given.
     */
    public String finishReason() {
        if (body() instanceof ChatCompletion chat && !chat.choices().isEmpty()) {
            return chat.choices().get(0).finishReason();
        }
        if (body() instanceof TextCompletion completion && !completion.choices().isEmpty()) {
            return completion.choices().get(0).finishReason();
        }
        if (body() instanceof ModelResponse response) {
            return response.incompleteReason() == null ? response.status() : response.incompleteReason();
        }
        return null;
    }

    /** The vector of the first input; null if there is none. */
    public float[] embedding() {
        if (body() instanceof EmbeddingList list && !list.embeddings().isEmpty()) {
            Embedding first = list.embeddings().get(0);
            return first.vector();
        }
        return null;
    }

    /**
     * Reads a structured answer: {@link #text()} as JSON of a type. Where a response has several messages, the last one that is
     * of the type counts.
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
        if (!hasBody()) {
            throw new JsonlException(this + " has no body");
        }
        return read(line.bodyFrom(), line.bodyTo(), javaType);
    }

    /**
     * The body with all its fields; a missing node if there is none.
     *
     * @throws JsonlException if it has a number of more than 1,000 digits, or more than 1,000 levels
     */
    public JsonNode bodyJson() {
        return hasBody() ? read(line.bodyFrom(), line.bodyTo(), Json.MAPPER.constructType(JsonNode.class))
                : Json.MAPPER.missingNode();
    }

    private boolean hasBody() {
        return line.bodyTo() > line.bodyFrom();
    }

    /**
     * The whole line with all its fields; a missing node if there is no line, or it is malformed.
     *
     * @throws JsonlException if it has a number of more than 1,000 digits, or more than 1,000 levels
     */
    public JsonNode json() {
        return lineLength() == 0 || outcome() == Outcome.MALFORMED ? Json.MAPPER.missingNode()
                : read(0, lineLength(), Json.MAPPER.constructType(JsonNode.class));
    }

    /** The line as it was read, however malformed, in UTF-8; empty if there is none or it was too long. */
    public byte[] line() {
        return line.bytes().clone();
    }

    int lineLength() {
        return line.bytes().length;
    }

    private <T> T read(int from, int to, JavaType type) {
        try {
            return Json.MAPPER.readValue(line.bytes(), from, to - from, type);
        } catch (IOException e) {
            throw new JsonlException(StructuredText.mismatch(this, type, e));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BatchResult that && outcome() == that.outcome()
                && Objects.equals(customId(), that.customId()) && Arrays.equals(line.bytes(), that.line.bytes());
    }

    @Override
    public int hashCode() {
        return Objects.hash(outcome(), customId(), Arrays.hashCode(line.bytes()));
    }

    /** Ids, outcome, status and error code: nothing of what was asked or answered. */
    @Override
    public String toString() {
        return "BatchResult[" + (position() == null ? "" : position() + ", ") + "customId=" + SafeText.of(customId())
                + ", outcome=" + outcome() + ", statusCode=" + statusCode()
                + (error() == null ? "" : ", error=" + SafeText.of(error().code()))
                + (reason() == null ? "" : ", reason=" + reason()) + "]";
    }
}
