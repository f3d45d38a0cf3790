package io.quarkiverse.openai.batch.jsonl;

import java.util.List;
import java.util.Map;

import io.quarkiverse.openai.batch.model.Endpoint;

/** A body for {@code /v1/moderations} (openai-openapi, schema CreateModerationRequest, 2026-08-21). */
public final class ModerationsBody extends RequestBody<ModerationsBody> {

    private ModerationsBody(Map<String, Object> parameters) {
        super(parameters);
    }

    public static ModerationsBody of(String model) {
        return new ModerationsBody(Map.of()).with("model", model);
    }

    @Override
    ModerationsBody copy(Map<String, Object> parameters) {
        return new ModerationsBody(parameters);
    }

    @Override
    public Endpoint endpoint() {
        return Endpoint.MODERATIONS;
    }

    /** The text to judge. */
    public ModerationsBody input(String text) {
        return with("input", text);
    }

    /** Several texts to judge, or parts with texts and images. */
    public ModerationsBody input(List<?> inputs) {
        return with("input", inputs);
    }
}
