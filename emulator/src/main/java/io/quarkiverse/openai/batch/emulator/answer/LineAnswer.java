package io.quarkiverse.openai.batch.emulator.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What an endpoint answered to one line.
 *
 * @param status HTTP status of the answer
 * @param body the answer, or an error in OpenAI's shape
 */
public record LineAnswer(int status, JsonNode body) {

    public boolean successful() {
        return status >= 200 && status < 300;
    }

    /** Prompt tokens that the answer's usage says, by either of the API's two names; 0 without usage. */
    public long inputTokens() {
        return usage("prompt_tokens", "input_tokens");
    }

    /** Generated tokens that the answer's usage says, by either of the API's two names; 0 without usage. */
    public long outputTokens() {
        return usage("completion_tokens", "output_tokens");
    }

    /** Prompt tokens of {@link #inputTokens} that were read from the cache. */
    public long cachedTokens() {
        JsonNode usage = body.path("usage");
        return usage.at("/prompt_tokens_details/cached_tokens")
                .asLong(usage.at("/input_tokens_details/cached_tokens").asLong());
    }

    private long usage(String name, String otherName) {
        JsonNode usage = body.path("usage");
        return usage.path(name).asLong(usage.path(otherName).asLong());
    }

    /** The same, but for its texts, which are not of any schema. */
    public LineAnswer invalid() {
        JsonNode changed = body.deepCopy();
        changed.path("choices").forEach(choice -> {
            replace(choice.path("message"), "content");
            replace(choice, "text");
        });
        changed.path("output").forEach(item -> item.path("content").forEach(content -> replace(content, "text")));
        return new LineAnswer(status, changed);
    }

    private static void replace(JsonNode node, String field) {
        if (node.has(field)) {
            ((ObjectNode) node).put(field, "I cannot say.");
        }
    }

    /** An error in OpenAI's shape. */
    public static LineAnswer error(int status, String message, String type, String param, String code) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("error").put("message", message).put("type", type).put("param", param).put("code", code);
        return new LineAnswer(status, body);
    }
}
