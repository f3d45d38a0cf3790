package io.quarkiverse.openai.batch.runtime.job.collect;

import java.io.IOException;
import java.util.function.IntFunction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.openai.batch.runtime.job.spool.LineChange;

/** Adds what was wrong with the answer to a request, as a further message of the user, in chat completions and responses. */
final class PromptHint implements LineChange {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String HINT = "An earlier answer was not accepted: %s. Answer again, exactly in the form that is asked for.";

    private final IntFunction<String> reasons;

    /**
     * @param reasons gives what is wrong with the answer to a line; null for nothing
     */
    PromptHint(IntFunction<String> reasons) {
        this.reasons = reasons;
    }

    @Override
    public byte[] apply(int line, byte[] request) {
        String reason = reasons.apply(line);
        if (reason == null) {
            return request;
        }
        try {
            JsonNode whole = MAPPER.readTree(request);
            return whole.path("body") instanceof ObjectNode body && add(body, HINT.formatted(reason))
                    ? MAPPER.writeValueAsBytes(whole)
                    : request;
        } catch (IOException e) {
            throw new IllegalStateException("A stored request is not JSON", e);
        }
    }

    private static boolean add(ObjectNode body, String hint) {
        if (body.path("messages") instanceof ArrayNode messages) {
            messages.add(message(hint));
            return true;
        }
        if (body.path("input").isTextual()) {
            JsonNode prompt = body.get("input");
            body.putArray("input").add(message(prompt.textValue())).add(message(hint));
            return true;
        }
        if (body.path("input") instanceof ArrayNode items && items.path(0).isObject()) {
            items.add(message(hint));
            return true;
        }
        return false;
    }

    private static ObjectNode message(String text) {
        return MAPPER.createObjectNode().put("role", "user").put("content", text);
    }
}
