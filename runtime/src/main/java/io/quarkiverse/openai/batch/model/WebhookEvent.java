package io.quarkiverse.openai.batch.model;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;

/**
 * An event that a provider sends to a webhook (OpenAI's specification, {@code webhooks}, 2026-11).
 *
 * @param id the id of the event
 * @param createdAt when it happened
 * @param type what happened, such as {@code batch.completed}, {@code batch.failed}, {@code batch.expired} or
 *        {@code batch.cancelled}; null if it says nothing
 * @param data what it happened to; null if it says nothing
 */
public record WebhookEvent(String id,
        @JsonProperty("created_at") @JsonDeserialize(using = TimestampDeserializer.class) @JsonSerialize(using = TimestampSerializer.class) Instant createdAt,
        String type, Data data) {

    /**
     * @param id of a batch, in events of batches
     */
    public record Data(String id) {
    }
}
