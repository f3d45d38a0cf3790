package io.quarkiverse.openai.batch.emulator.answer;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** {@code /v1/moderations}: nothing is flagged; the scores, below 0.01, are derived from each input. */
public final class ModerationAnswers implements Answers {

    private static final List<String> CATEGORIES = List.of("harassment", "harassment/threatening", "hate",
            "hate/threatening", "illicit", "illicit/violent", "self-harm", "self-harm/instructions", "self-harm/intent",
            "sexual", "sexual/minors", "violence", "violence/graphic");
    private static final double HIGHEST_SCORE = 0.01;

    @Override
    public long promptTokens(ObjectNode body) {
        return Tokens.ofInput(body.path("input"));
    }

    @Override
    public ObjectNode answer(LineRequest request) throws InvalidLineRequest {
        JsonNode input = request.required("input");
        ObjectNode answer = Answers.object();
        answer.put("id", request.id("modr-"));
        answer.put("model", request.model());
        ArrayNode results = answer.putArray("results");
        // An array of parts is one multi-modal input; an array of texts is many inputs.
        if (input.isArray() && input.path(0).isTextual()) {
            input.forEach(text -> results.add(result(text)));
        } else {
            results.add(result(input));
        }
        return answer;
    }

    private static ObjectNode result(JsonNode input) {
        long hash = Hash64.of(input.toString());
        ObjectNode result = Answers.object().put("flagged", false);
        ObjectNode categories = result.putObject("categories");
        ObjectNode scores = result.putObject("category_scores");
        ObjectNode types = result.putObject("category_applied_input_types");
        for (int index = 0; index < CATEGORIES.size(); index++) {
            String category = CATEGORIES.get(index);
            categories.put(category, false);
            scores.put(category, HIGHEST_SCORE * Hash64.unit(Hash64.mix(hash + index)));
            types.putArray(category).add("text");
        }
        return result;
    }
}
