package io.quarkiverse.openai.batch.cli.input;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.CompletionsBody;
import io.quarkiverse.openai.batch.jsonl.EmbeddingsBody;
import io.quarkiverse.openai.batch.jsonl.ModerationsBody;
import io.quarkiverse.openai.batch.jsonl.RequestBody;
import io.quarkiverse.openai.batch.model.Endpoint;

/** The endpoints that take a prompt, each with its default model; OpenAI has no model left for {@code /v1/completions}. */
enum PromptEndpoint {

    CHAT_COMPLETIONS(Endpoint.CHAT_COMPLETIONS, "gpt-6-luna", true, Prompt::chat),
    COMPLETIONS(Endpoint.COMPLETIONS, null, false, prompt -> CompletionsBody.of(prompt.model()).prompt(prompt.text())),
    RESPONSES(Endpoint.RESPONSES, "gpt-6-luna", true, Prompt::response),
    EMBEDDINGS(Endpoint.EMBEDDINGS, "text-embedding-3-small", false,
            prompt -> EmbeddingsBody.of(prompt.model()).input(prompt.text())),
    MODERATIONS(Endpoint.MODERATIONS, "omni-moderation-latest", false,
            prompt -> ModerationsBody.of(prompt.model()).input(prompt.text()));

    private final Endpoint endpoint;
    private final String defaultModel;
    private final boolean talking;
    private final Function<Prompt, RequestBody<?>> body;

    PromptEndpoint(Endpoint endpoint, String defaultModel, boolean talking, Function<Prompt, RequestBody<?>> body) {
        this.endpoint = endpoint;
        this.defaultModel = defaultModel;
        this.talking = talking;
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

    /** Whether it takes a system message and a schema. */
    boolean isTalking() {
        return talking;
    }

    BatchRequest request(String id, Prompt prompt) {
        return BatchRequest.of(id, body.apply(prompt));
    }
}
