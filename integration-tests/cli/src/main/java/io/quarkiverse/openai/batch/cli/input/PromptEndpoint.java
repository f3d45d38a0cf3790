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

/** The endpoints that take a prompt, each with its default model; OpenAI has no model left for {@code /v1/completions}. */
enum PromptEndpoint {

    CHAT_COMPLETIONS(Endpoint.CHAT_COMPLETIONS, "gpt-6-luna", (model, prompt) -> ChatBody.of(model).user(prompt)),
    COMPLETIONS(Endpoint.COMPLETIONS, null, (model, prompt) -> CompletionsBody.of(model).prompt(prompt)),
    RESPONSES(Endpoint.RESPONSES, "gpt-6-luna", (model, prompt) -> ResponsesBody.of(model).input(prompt)),
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

    /** @throws IllegalArgumentException if the endpoint has no default model */
    String defaultModel() {
        if (defaultModel == null) {
            throw new IllegalArgumentException("No default model exists for " + endpoint.path() + "; name one with --model");
        }
        return defaultModel;
    }

    BatchRequest request(String id, String model, String prompt) {
        return BatchRequest.of(id, body.apply(model, prompt));
    }
}
