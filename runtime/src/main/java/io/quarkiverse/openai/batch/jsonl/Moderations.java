package io.quarkiverse.openai.batch.jsonl;

import java.util.List;
import java.util.Map;

/**
 * The answer of {@code /v1/moderations} (openai-openapi, schema CreateModerationResponse, 2026-08-21).
 *
 * @param id null if not given
 * @param model null if not given
 * @param results one for each input
 */
public record Moderations(String id, String model, List<Moderation> results) implements ResultBody {

    /**
     * @param flagged whether any category is
     * @param categories whether each is flagged, by its name on the wire, such as {@code self-harm/intent}
     * @param scores 0 to 1, by the same names
     */
    public record Moderation(boolean flagged, Map<String, Boolean> categories, Map<String, Double> scores) {
    }
}
