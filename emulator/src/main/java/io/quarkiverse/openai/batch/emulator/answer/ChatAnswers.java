package io.quarkiverse.openai.batch.emulator.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/chat/completions}: echoes the text of the last user message, or makes an instance of the JSON schema in
 * {@code response_format}.
 */
public final class ChatAnswers implements Answers {

    @Override
    public long promptTokens(ObjectNode body) {
        long tokens = 0;
        for (JsonNode message : body.path("messages")) {
            tokens += Tokens.of(Texts.of(message.path("content")));
        }
        return tokens;
    }

    @Override
    public String prompt(ObjectNode body) {
        StringBuilder prompt = new StringBuilder();
        body.path("messages").forEach(message -> prompt.append(Texts.of(message.path("content"))));
        return prompt.toString();
    }

    @Override
    public ObjectNode answer(LineRequest request) throws InvalidLineRequest {
        JsonNode messages = request.required("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            throw InvalidLineRequest.invalid("messages", "Expected an array with at least one message.");
        }
        String echo = Texts.lastOfUser(messages);
        int choices = request.integer("n", 1, 1, 128);
        LineRequest.checkGenerated(echo.length(), choices);
        String format = request.body().path("response_format").path("type").asText();
        ObjectNode answer = Answers.object();
        answer.put("id", request.id("chatcmpl-"));
        answer.put("object", "chat.completion");
        answer.put("created", request.createdAt());
        answer.put("model", request.model());
        ArrayNode array = answer.putArray("choices");
        long generated = 0;
        for (int index = 0; index < choices; index++) {
            String text = StructuredText.of(format, schema(request), echo, request.hash() + index);
            LineRequest.checkGenerated(text.length(), choices);
            generated += Tokens.of(text);
            array.add(choice(index, text));
        }
        Usages.chat(answer, promptTokens(request.body()), request.cached(), generated);
        answer.put("service_tier", "default");
        answer.put("system_fingerprint", "fp_emulator");
        return answer;
    }

    private static JsonNode schema(LineRequest request) {
        return request.body().path("response_format").path("json_schema").path("schema");
    }

    private static ObjectNode choice(int index, String text) {
        ObjectNode choice = Answers.object().put("index", index);
        ObjectNode message = choice.putObject("message");
        message.put("role", "assistant").put("content", text).putNull("refusal");
        message.putArray("annotations");
        choice.putNull("logprobs");
        choice.put("finish_reason", "stop");
        return choice;
    }
}
