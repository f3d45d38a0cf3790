package io.quarkiverse.openai.batch.jsonl;

import java.util.List;
import java.util.Map;

import io.quarkiverse.openai.batch.model.Endpoint;

/** A body for {@code /v1/completions} (openai-openapi, schema CreateCompletionRequest, 2026-08-21). */
public final class CompletionsBody extends RequestBody<CompletionsBody> {

    private CompletionsBody(Map<String, Object> parameters) {
        super(parameters);
    }

    public static CompletionsBody of(String model) {
        return new CompletionsBody(Map.of()).with("model", model);
    }

    @Override
    CompletionsBody copy(Map<String, Object> parameters) {
        return new CompletionsBody(parameters);
    }

    @Override
    public Endpoint endpoint() {
        return Endpoint.COMPLETIONS;
    }

    /** The text to complete. */
    public CompletionsBody prompt(String text) {
        return with("prompt", text);
    }

    /** Several texts to complete. */
    public CompletionsBody prompt(List<String> texts) {
        return with("prompt", texts);
    }

    /** The text after the completion. */
    public CompletionsBody suffix(String text) {
        return with("suffix", text);
    }

    /** Bounds the completion in tokens. */
    public CompletionsBody maxTokens(int tokens) {
        return with("max_tokens", tokens);
    }

    /** From 0 to 2. */
    public CompletionsBody temperature(double temperature) {
        return with("temperature", temperature);
    }

    /** From 0 to 1. */
    public CompletionsBody topP(double topP) {
        return with("top_p", topP);
    }

    /** How many completions of each prompt. */
    public CompletionsBody n(int completions) {
        return with("n", completions);
    }

    public CompletionsBody seed(long seed) {
        return with("seed", seed);
    }

    /** Up to four texts that end the completion. */
    public CompletionsBody stop(String... texts) {
        return with("stop", List.of(texts));
    }
}
