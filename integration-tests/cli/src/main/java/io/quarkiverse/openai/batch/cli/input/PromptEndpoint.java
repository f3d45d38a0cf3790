package io.quarkiverse.openai.batch.cli.input;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.ChatBody;
import io.quarkiverse.openai.batch.model.Endpoint;

/** The endpoints that a prompt can be sent to, each with the model of OpenAI's that it is sent to by default. */
enum PromptEndpoint {

    CHAT_COMPLETIONS(Endpoint.CHAT_COMPLETIONS, "gpt-5-mini", (model, prompt) -> ChatBody.of(model).user(prompt)),
    COMPLETIONS(Endpoint.COMPLETIONS, "gpt-3.5-turbo-instruct", (model, prompt) -> body(model, "prompt", prompt)),
    RESPONSES(Endpoint.RESPONSES, "gpt-5-mini", (model, prompt) -> body(model, "input", prompt)),
    EMBEDDINGS(Endpoint.EMBEDDINGS, "text-embedding-3-small", (model, prompt) -> body(model, "input", prompt)),
    MODERATIONS(Endpoint.MODERATIONS, "omni-moderation-latest", (model, prompt) -> body(model, "input", prompt));

    private final Endpoint endpoint;
    private final String defaultModel;
    private final BiFunction<String, String, Object> body;

    PromptEndpoint(Endpoint endpoint, String defaultModel, BiFunction<String, String, Object> body) {
        this.endpoint = endpoint;
        this.defaultModel = defaultModel;
        this.body = body;
    }

    static Optional<PromptEndpoint> of(Endpoint endpoint) {
        return Stream.of(values()).filter(candidate -> candidate.endpoint.equals(endpoint)).findAny();
    }

    /** The paths of all, for messages. */
    static String paths() {
        return Stream.of(values()).map(value -> value.endpoint.path()).collect(Collectors.joining(", "));
    }

    BatchRequest request(String id, Optional<String> model, String prompt) {
        return BatchRequest.of(id, endpoint, body.apply(model.orElse(defaultModel), prompt));
    }

    private static Map<String, String> body(String model, String field, String prompt) {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("model", model);
        body.put(field, prompt);
        return body;
    }
}
