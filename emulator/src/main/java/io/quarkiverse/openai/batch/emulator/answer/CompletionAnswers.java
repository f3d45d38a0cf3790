package io.quarkiverse.openai.batch.emulator.answer;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** {@code /v1/completions}: echoes each prompt. */
public final class CompletionAnswers implements Answers {

    @Override
    public long promptTokens(ObjectNode body) {
        return Tokens.ofInput(body.path("prompt"));
    }

    @Override
    public ObjectNode answer(LineRequest request) throws InvalidLineRequest {
        List<String> prompts = prompts(request.required("prompt"));
        int repeats = request.integer("n", 1, 1, 128);
        LineRequest.checkGenerated(prompts.stream().mapToLong(String::length).sum(), repeats);
        ObjectNode answer = Answers.object();
        answer.put("id", request.id("cmpl-"));
        answer.put("object", "text_completion");
        answer.put("created", request.createdAt());
        answer.put("model", request.model());
        ArrayNode choices = answer.putArray("choices");
        long generated = 0;
        for (String prompt : prompts) {
            for (int repeat = 0; repeat < repeats; repeat++) {
                choices.addObject().put("text", prompt).put("index", choices.size() - 1).putNull("logprobs")
                        .put("finish_reason", "stop");
                generated += Tokens.of(prompt);
            }
        }
        Usages.chat(answer, promptTokens(request.body()), 0, generated);
        return answer;
    }

    private static List<String> prompts(JsonNode prompt) {
        if (!prompt.isArray() || prompt.path(0).isNumber()) {
            return List.of(text(prompt));
        }
        List<String> prompts = new ArrayList<>();
        prompt.forEach(element -> prompts.add(text(element)));
        return prompts;
    }

    /** Token numbers have no text here, so their echo is the numbers. */
    private static String text(JsonNode prompt) {
        return prompt.isTextual() ? prompt.textValue() : prompt.toString();
    }
}
