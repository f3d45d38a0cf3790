package io.quarkiverse.openai.batch.cli.input;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.openai.batch.jsonl.ChatBody;
import io.quarkiverse.openai.batch.jsonl.ResponsesBody;

/**
 * What is asked for a line.
 *
 * @param system how the model is to behave
 * @param schema of the answer
 */
record Prompt(String model, String text, Optional<String> system, Optional<AnswerSchema> schema) {

    ChatBody chat() {
        ChatBody body = system.map(ChatBody.of(model)::system).orElse(ChatBody.of(model)).user(text);
        return schema.map(answer -> body.with("response_format",
                Map.of("type", "json_schema", "json_schema", answer.format()))).orElse(body);
    }

    ResponsesBody response() {
        ResponsesBody body = system.map(ResponsesBody.of(model)::instructions).orElse(ResponsesBody.of(model)).input(text);
        return schema.map(answer -> body.with("text", Map.of("format", responseFormat(answer)))).orElse(body);
    }

    private static Map<String, Object> responseFormat(AnswerSchema schema) {
        Map<String, Object> format = new LinkedHashMap<>();
        format.put("type", "json_schema");
        format.putAll(schema.format());
        return format;
    }
}
