package io.quarkiverse.openai.batch.jsonl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.type.TypeReference;

import io.quarkiverse.openai.batch.jsonl.internal.schema.OutputSchema;
import io.quarkiverse.openai.batch.model.Endpoint;

/**
 * A body for {@code /v1/chat/completions} (openai-openapi, schema CreateChatCompletionRequest, 2026-08-21).
 *
 * <pre>{@code
 * ChatBody template = ChatBody.of("gpt-6-luna").system("Answer with one word.").maxCompletionTokens(10);
 * BatchRequest.of("1", template.user("The capital of France?"));
 * }</pre>
 */
public final class ChatBody extends RequestBody<ChatBody> {

    private ChatBody(Map<String, Object> parameters) {
        super(parameters);
    }

    /**
     * @param model the model, or the deployment's name at Azure
     */
    public static ChatBody of(String model) {
        return new ChatBody(Map.of()).with("model", model);
    }

    @Override
    ChatBody copy(Map<String, Object> parameters) {
        return new ChatBody(parameters);
    }

    @Override
    public Endpoint endpoint() {
        return Endpoint.CHAT_COMPLETIONS;
    }

    /** Adds a system message. */
    public ChatBody system(String text) {
        return message("system", text);
    }

    /** Adds a developer message, which takes the place of a system message in reasoning models. */
    public ChatBody developer(String text) {
        return message("developer", text);
    }

    /** Adds a user message. */
    public ChatBody user(String text) {
        return message("user", text);
    }

    /** Adds an assistant message, as an example or as what was said before. */
    public ChatBody assistant(String text) {
        return message("assistant", text);
    }

    /**
     * Adds a message.
     *
     * @param content a text, or a list of parts for images, audio and files
     */
    public ChatBody message(String role, Object content) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("role", role);
        message.put("content", content);
        return message(message);
    }

    /** Adds a message of any shape, such as a tool's. */
    public ChatBody message(Object message) {
        List<Object> messages = new ArrayList<>();
        if (get("messages") instanceof List<?> before) {
            messages.addAll(before);
        }
        messages.add(message);
        return with("messages", messages);
    }

    /** Bounds the answer, reasoning included, in tokens. */
    public ChatBody maxCompletionTokens(int tokens) {
        return with("max_completion_tokens", tokens);
    }

    /** Bounds the answer in tokens; the older name, which many compatible providers know alone. */
    public ChatBody maxTokens(int tokens) {
        return with("max_tokens", tokens);
    }

    /** From 0 to 2. */
    public ChatBody temperature(double temperature) {
        return with("temperature", temperature);
    }

    /** From 0 to 1. */
    public ChatBody topP(double topP) {
        return with("top_p", topP);
    }

    /** How many choices to answer with. */
    public ChatBody n(int choices) {
        return with("n", choices);
    }

    public ChatBody seed(long seed) {
        return with("seed", seed);
    }

    /** Up to four texts that end the answer. */
    public ChatBody stop(String... texts) {
        return with("stop", List.of(texts));
    }

    /** From -2 to 2. */
    public ChatBody presencePenalty(double penalty) {
        return with("presence_penalty", penalty);
    }

    /** From -2 to 2. */
    public ChatBody frequencyPenalty(double penalty) {
        return with("frequency_penalty", penalty);
    }

    /** For example {@code minimal}, {@code low}, {@code medium}, {@code high}. */
    public ChatBody reasoningEffort(String effort) {
        return with("reasoning_effort", effort);
    }

    /** Gives the most likely tokens at each place, from 0 to 20. */
    public ChatBody topLogprobs(int count) {
        return with("logprobs", true).with("top_logprobs", count);
    }

    /** The functions and other tools that the model may call, as on the wire. */
    public ChatBody tools(List<?> tools) {
        return with("tools", tools);
    }

    /** {@code auto}, {@code none}, {@code required}, or a tool as on the wire. */
    public ChatBody toolChoice(Object choice) {
        return with("tool_choice", choice);
    }

    /** Up to 16 pairs, keys of up to 64 and values of up to 512 characters. */
    public ChatBody metadata(Map<String, String> metadata) {
        return with("metadata", metadata);
    }

    /**
     * Makes the model answer with JSON of a type, to be read with {@link BatchResult#as(Class)}. The schema is made once a
     * type.
     *
     * @throws IllegalArgumentException if the type has a part that strict schemas cannot describe, such as a map
     * @throws IllegalStateException if {@code com.github.victools:jsonschema-generator} or its Jackson module is missing, or
     *         has another version than the extension asks for
     */
    public ChatBody answer(Class<?> type) {
        return answer(OutputSchema.of(type));
    }

    /** As {@link #answer(Class)}, for generic types such as {@code List<City>}. */
    public ChatBody answer(TypeReference<?> type) {
        return answer(OutputSchema.of(type.getType()));
    }

    private ChatBody answer(OutputSchema schema) {
        Map<String, Object> format = new LinkedHashMap<>();
        format.put("type", "json_schema");
        format.put("json_schema", schema.parameters());
        return with("response_format", format);
    }
}
