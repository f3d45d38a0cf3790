package io.quarkiverse.openai.batch.emulator.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/responses}: echoes the input, or the text of its last user item, or makes an instance of the JSON schema in
 * {@code text.format}.
 */
public final class ResponseAnswers implements Answers {

    @Override
    public long promptTokens(ObjectNode body) {
        long tokens = Tokens.of(body.path("instructions").asText(""));
        JsonNode input = body.path("input");
        if (input.isTextual()) {
            return tokens + Tokens.of(input.textValue());
        }
        for (JsonNode item : input) {
            tokens += Tokens.of(Texts.of(item.path("content")));
        }
        return tokens;
    }

    @Override
    public String prompt(ObjectNode body) {
        StringBuilder prompt = new StringBuilder(body.path("instructions").asText(""));
        JsonNode input = body.path("input");
        if (input.isTextual()) {
            return prompt.append(input.textValue()).toString();
        }
        input.forEach(item -> prompt.append(Texts.of(item.path("content"))));
        return prompt.toString();
    }

    @Override
    public ObjectNode answer(LineRequest request) throws InvalidLineRequest {
        JsonNode input = request.required("input");
        String echo = input.isTextual() ? input.textValue() : Texts.lastOfUser(input);
        JsonNode format = request.body().path("text").path("format");
        String text = StructuredText.of(format.path("type").asText(), format.path("schema"), echo, request.hash());
        ObjectNode answer = Answers.object();
        answer.put("id", request.id("resp_"));
        answer.put("object", "response");
        answer.put("created_at", request.createdAt());
        answer.put("status", "completed");
        answer.putNull("error");
        answer.putNull("incomplete_details");
        answer.put("instructions", request.body().path("instructions").textValue());
        answer.put("model", request.model());
        answer.putArray("output").add(message(request, text));
        answer.put("parallel_tool_calls", true);
        answer.putNull("previous_response_id");
        answer.put("store", true);
        answer.set("text", textSettings(request.body()));
        answer.set("metadata", request.body().path("metadata").isObject() ? request.body().get("metadata") : Answers.object());
        Usages.responses(answer, promptTokens(request.body()), request.cached(), Tokens.of(text));
        return answer;
    }

    private static ObjectNode message(LineRequest request, String text) {
        ObjectNode message = Answers.object();
        message.put("id", request.id("msg_")).put("type", "message").put("status", "completed").put("role", "assistant");
        ObjectNode content = message.putArray("content").addObject();
        content.put("type", "output_text");
        content.putArray("annotations");
        content.putArray("logprobs");
        content.put("text", text);
        return message;
    }

    private static JsonNode textSettings(ObjectNode body) {
        if (body.path("text").isObject()) {
            return body.get("text");
        }
        ObjectNode settings = Answers.object();
        settings.putObject("format").put("type", "text");
        return settings;
    }
}
