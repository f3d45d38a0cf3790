package io.quarkiverse.openai.batch.cli.input;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.ChatBody;
import io.quarkiverse.openai.batch.jsonl.CompletionsBody;
import io.quarkiverse.openai.batch.jsonl.EmbeddingsBody;
import io.quarkiverse.openai.batch.jsonl.ModerationsBody;
import io.quarkiverse.openai.batch.jsonl.RequestBody;
import io.quarkiverse.openai.batch.jsonl.ResponsesBody;
import io.quarkiverse.openai.batch.model.Endpoint;

/** The endpoints that a prompt can be sent to, each with the model of OpenAI's that it is sent to by default. */
enum PromptEndpoint {

    CHAT_COMPLETIONS(Endpoint.CHAT_COMPLETIONS, "gpt-5-mini", (model, prompt) -> ChatBody.of(model).user(prompt)),
    COMPLETIONS(Endpoint.COMPLETIONS, "gpt-3.5-turbo-instruct", (model, prompt) -> CompletionsBody.of(model).prompt(prompt)),
    RESPONSES(Endpoint.RESPONSES, "gpt-5-mini", (model, prompt) -> ResponsesBody.of(model).input(prompt)),
    EMBEDDINGS(Endpoint.EMBEDDINGS, "text-embedding-3-small", (model, prompt) -> EmbeddingsBody.of(model).input(prompt)),
    MODERATIONS(Endpoint.MODERATIONS, "omni-moderation-latest", (model, prompt) -> ModerationsBody.of(model).input(prompt));

    private final Endpoint endpoint;
    private final String defaultModel;
    private final BiFunction<String, String, RequestBody<?>> body;

    PromptEndpoint(Endpoint endpoint, String defaultModel, BiFunction<String, String, RequestBody<?>> body) {
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
        return BatchRequest.of(id, body.apply(model.orElse(defaultModel), prompt));
    }
}
