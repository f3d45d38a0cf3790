package io.quarkiverse.openai.batch.jsonl.internal.encode;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonToken;

import io.quarkiverse.openai.batch.jsonl.TokenEstimator;
import io.quarkiverse.openai.batch.jsonl.internal.json.LineJsonParser;

/**
 * Counts the tokens of a request's prompt: of its texts, and some for what the provider puts around a message (OpenAI cookbook,
 * "How to count tokens with tiktoken": three a message and three in all). Images, audio and files are not counted.
 */
final class PromptTokens {

    private static final Set<String> PROMPTS = Set.of("messages", "input", "prompt", "instructions", "tools");
    private static final Set<String> NO_TEXT = Set.of("role", "type", "id", "call_id", "image_url", "url", "file_url",
            "file_data", "file_id", "data", "detail", "status", "encrypted_content");
    private static final int AROUND_A_MESSAGE = 4;

    private final TokenEstimator estimator;
    private final String model;
    private long count;

    PromptTokens(TokenEstimator estimator, String model) {
        this.estimator = estimator;
        this.model = model;
    }

    /** Of the body of a line; 0 if it has none. */
    long count(byte[] buffer, int bodyFrom, int bodyTo) {
        try (LineJsonParser p = LineJsonParser.of(buffer, bodyFrom, bodyTo)) {
            if (p.nextToken() == JsonToken.START_OBJECT) {
                countBody(p);
            }
        } catch (IOException e) {
            throw new IllegalStateException("The line has been read before", e);
        }
        return count;
    }

    /** Of a body that has values of the JDK's common types only. */
    long count(Map<String, Object> body) {
        body.forEach((name, value) -> {
            if (PROMPTS.contains(name)) {
                countValue(value);
            }
        });
        return count;
    }

    private void countValue(Object value) {
        if (value instanceof String text) {
            count += estimator.tokens(model, text);
        } else if (value instanceof Map<?, ?> map) {
            map.forEach(this::countField);
        } else if (value instanceof Collection<?> values) {
            for (Object each : values) {
                count += each instanceof Integer || each instanceof Long ? 1 : 0;
                countValue(each);
            }
        }
    }

    private void countField(Object name, Object value) {
        if (value != null) {
            count += name.equals("role") ? AROUND_A_MESSAGE : 0;
            if (!NO_TEXT.contains(name)) {
                countValue(value);
            }
        }
    }

    private void countBody(LineJsonParser p) throws IOException {
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            p.nextToken();
            if (PROMPTS.contains(name)) {
                countValue(p);
            } else {
                p.skipChildren();
            }
        }
    }

    private void countValue(LineJsonParser p) throws IOException {
        switch (p.currentToken()) {
            case VALUE_STRING -> count += estimator.tokens(model, p.text());
            case START_ARRAY -> countArray(p);
            case START_OBJECT -> countObject(p);
            default -> {
                // numbers and the like are settings
            }
        }
    }

    private void countArray(LineJsonParser p) throws IOException {
        for (JsonToken token = p.nextToken(); token != JsonToken.END_ARRAY; token = p.nextToken()) {
            // a prompt may be given as the numbers of its tokens
            count += token == JsonToken.VALUE_NUMBER_INT ? 1 : 0;
            countValue(p);
        }
    }

    private void countObject(LineJsonParser p) throws IOException {
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            p.nextToken();
            count += name.equals("role") ? AROUND_A_MESSAGE : 0;
            if (NO_TEXT.contains(name)) {
                p.skipChildren();
            } else {
                countValue(p);
            }
        }
    }
}
