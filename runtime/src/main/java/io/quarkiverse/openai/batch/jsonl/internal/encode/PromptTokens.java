package io.quarkiverse.openai.batch.jsonl.internal.encode;

import java.io.IOException;
import java.util.Set;

import com.fasterxml.jackson.core.JsonToken;

import io.quarkiverse.openai.batch.jsonl.TokenEstimator;
import io.quarkiverse.openai.batch.jsonl.internal.json.LineJsonParser;

/**
 * Counts the tokens of a request's prompt: of its texts, and some for what the provider puts around a message (OpenAI cookbook,
 * "How to count tokens with tiktoken": three a message and three in all). Images, audio and files are not counted.
 */
public final class PromptTokens {

    private static final Set<String> PROMPTS = Set.of("messages", "input", "prompt", "instructions", "tools");
    private static final Set<String> NO_TEXT = Set.of("role", "type", "id", "call_id", "image_url", "url", "file_url",
            "file_data", "file_id", "data", "detail", "status", "encrypted_content");
    private static final int AROUND_A_MESSAGE = 4;

    private final TokenEstimator estimator;
    private final String model;
    private long count;

    private PromptTokens(TokenEstimator estimator, String model) {
        this.estimator = estimator;
        this.model = model;
    }

    /** 0 if the line has no body. */
    public static long count(TokenEstimator estimator, RequestFields line, byte[] buffer) {
        PromptTokens tokens = new PromptTokens(estimator, line.model());
        try (LineJsonParser p = LineJsonParser.of(buffer, line.bodyFrom(), line.bodyTo())) {
            if (p.nextToken() == JsonToken.START_OBJECT) {
                tokens.countBody(p);
            }
        } catch (IOException e) {
            throw new IllegalStateException("The line has been read before", e);
        }
        return tokens.count;
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
