package io.quarkiverse.openai.batch.emulator.api;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The models that are offered: some of OpenAI's, with the dates that it has published, and three whose date depends on when the
 * emulator was started. A line may name any model, also one that is not here or has ended.
 */
public final class ModelsApi {

    private static final Duration AGE = Duration.ofDays(365);

    private final List<Model> models;

    /** @param start of the emulator, by its clock */
    public ModelsApi(Instant start) {
        LocalDate today = LocalDate.ofInstant(start, ZoneOffset.UTC);
        long created = today.atStartOfDay(ZoneOffset.UTC).minus(AGE).toEpochSecond();
        models = List.of(
                new Model("gpt-6-luna", created, "openai", null),
                new Model("gpt-6.1-terra", created, "openai", null),
                new Model("gpt-6.1-sol", created, "openai", null),
                new Model("gpt-5-mini", created, "openai", LocalDate.of(2026, 12, 11)),
                new Model("gpt-4o-mini", created, "openai", LocalDate.of(2027, 1, 14)),
                new Model("text-embedding-3-small", created, "openai", null),
                new Model("emulator-ends-later", created, "emulator", today.plusYears(1)),
                new Model("emulator-ends-soon", created, "emulator", today.plusDays(1)),
                new Model("emulator-ended", created, "emulator", today.minusDays(30)));
    }

    public Reply list() {
        ArrayNode data = JsonNodeFactory.instance.arrayNode();
        models.forEach(model -> data.add(model.toJson()));
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("object", "list");
        json.set("data", data);
        return Reply.json(json);
    }

    public Reply retrieve(String id) {
        return find(id).map(model -> Reply.json(model.toJson())).orElseThrow(() -> ApiException.noSuchModel(id));
    }

    private Optional<Model> find(String id) {
        return models.stream().filter(model -> model.id.equals(id)).findFirst();
    }

    /** @param shutdown the day on which it ends, or null */
    private record Model(String id, long created, String owner, LocalDate shutdown) {

        ObjectNode toJson() {
            return JsonNodeFactory.instance.objectNode().put("id", id).put("object", "model").put("created", created)
                    .put("owned_by", owner).put("shutdown_date", shutdown == null ? null : shutdown.toString());
        }
    }
}
