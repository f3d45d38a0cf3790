package io.quarkiverse.openai.batch.jsonl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.type.TypeReference;

import io.quarkiverse.openai.batch.jsonl.internal.schema.OutputSchema;
import io.quarkiverse.openai.batch.model.Endpoint;

/** A body for {@code /v1/responses} (openai-openapi, schema CreateResponse, 2026-08-21). */
public final class ResponsesBody extends RequestBody<ResponsesBody> {

    private ResponsesBody(Map<String, Object> parameters) {
        super(parameters);
    }

    /**
     * @param model the model, or the deployment's name at Azure
     */
    public static ResponsesBody of(String model) {
        return new ResponsesBody(Map.of()).with("model", model);
    }

    @Override
    ResponsesBody copy(Map<String, Object> parameters) {
        return new ResponsesBody(parameters);
    }

    @Override
    public Endpoint endpoint() {
        return Endpoint.RESPONSES;
    }

    /** The text to respond to. */
    public ResponsesBody input(String text) {
        return with("input", text);
    }

    /** The items to respond to, as on the wire: messages, files, images, outputs of functions. */
    public ResponsesBody input(List<?> items) {
        return with("input", items);
    }

    /** What a system message says elsewhere. */
    public ResponsesBody instructions(String text) {
        return with("instructions", text);
    }

    /** Bounds the response, reasoning included, in tokens. */
    public ResponsesBody maxOutputTokens(int tokens) {
        return with("max_output_tokens", tokens);
    }

    /** From 0 to 2. */
    public ResponsesBody temperature(double temperature) {
        return with("temperature", temperature);
    }

    /** From 0 to 1. */
    public ResponsesBody topP(double topP) {
        return with("top_p", topP);
    }

    /** For example {@code minimal}, {@code low}, {@code medium}, {@code high}. */
    public ResponsesBody reasoningEffort(String effort) {
        return with("reasoning", Map.of("effort", effort));
    }

    /** The functions and other tools that the model may call, as on the wire. */
    public ResponsesBody tools(List<?> tools) {
        return with("tools", tools);
    }

    /** {@code auto}, {@code none}, {@code required}, or a tool as on the wire. */
    public ResponsesBody toolChoice(Object choice) {
        return with("tool_choice", choice);
    }

    /** Whether the provider keeps the response for later requests. */
    public ResponsesBody store(boolean store) {
        return with("store", store);
    }

    /** Up to 16 pairs, keys of up to 64 and values of up to 512 characters. */
    public ResponsesBody metadata(Map<String, String> metadata) {
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
    public ResponsesBody answer(Class<?> type) {
        return answer(OutputSchema.of(type));
    }

    /** As {@link #answer(Class)}, for generic types such as {@code List<City>}. */
    public ResponsesBody answer(TypeReference<?> type) {
        return answer(OutputSchema.of(type.getType()));
    }

    private ResponsesBody answer(OutputSchema schema) {
        Map<String, Object> format = new LinkedHashMap<>();
        format.put("type", "json_schema");
        format.putAll(schema.parameters());
        return with("text", Map.of("format", format));
    }
}
