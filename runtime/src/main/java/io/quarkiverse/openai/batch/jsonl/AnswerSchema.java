package io.quarkiverse.openai.batch.jsonl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.jsonl.internal.json.Json;
import io.quarkiverse.openai.batch.jsonl.internal.schema.SchemaCheck;

/**
 * The JSON schema that a request gives its answer: {@code response_format} of a chat completion, or {@code text.format} of a
 * response. What strict schemas may have is checked; other keywords, such as {@code pattern}, are not.
 */
public final class AnswerSchema {

    private static final byte[] MARK = "\"json_schema\"".getBytes(StandardCharsets.US_ASCII);

    private final JsonNode schema;
    private final SchemaCheck check;

    private AnswerSchema(JsonNode schema) {
        this.schema = schema;
        this.check = new SchemaCheck(schema);
    }

    /**
     * The schema of a request; empty if it has none.
     *
     * @param line the request line, in UTF-8
     * @param last the schema of an earlier request, which is returned if it is the same; null if there is none
     */
    public static Optional<AnswerSchema> of(byte[] line, AnswerSchema last) {
        if (!hasMark(line, line.length)) {
            return Optional.empty();
        }
        try {
            JsonNode body = Json.MAPPER.readTree(line).path("body");
            JsonNode ofChat = body.path("response_format").path("json_schema").path("schema");
            JsonNode found = ofChat.isObject() ? ofChat : body.path("text").path("format").path("schema");
            if (!found.isObject()) {
                return Optional.empty();
            }
            return Optional.of(last != null && last.schema.equals(found) ? last : new AnswerSchema(found));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static boolean hasMark(byte[] line, int length) {
        for (int n = 0; n <= length - MARK.length; n++) {
            int same = 0;
            while (same < MARK.length && line[n + same] == MARK[same]) {
                same++;
            }
            if (same == MARK.length) {
                return true;
            }
        }
        return false;
    }

    /**
     * Where and how an answer does not follow the schema, without what it says; empty if it does. Of several messages, one that
     * follows it is enough.
     */
    public Optional<String> violation(BatchResult result) {
        List<String> texts = result.body() instanceof ModelResponse response ? response.messages()
                : result.text() == null ? List.of() : List.of(result.text());
        String first = texts.isEmpty() ? "The answer has no text" : null;
        for (int n = texts.size() - 1; n >= 0; n--) {
            String violation = violation(texts.get(n));
            if (violation == null) {
                return Optional.empty();
            }
            first = first == null ? violation : first;
        }
        return Optional.of(first);
    }

    private String violation(String text) {
        try {
            return check.violation(Json.MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            return "The answer is not JSON";
        }
    }
}
