package io.quarkiverse.openai.batch.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A model that a provider offers (OpenAI, deprecations page, 2026-11).
 *
 * @param id its name in requests
 * @param shutdownDate the day on which it ends, such as {@code 2026-12-11}; null if none is known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelObject(String id, @JsonProperty("shutdown_date") String shutdownDate) {

    public ModelObject {
        id = Lenient.id(id);
    }
}
