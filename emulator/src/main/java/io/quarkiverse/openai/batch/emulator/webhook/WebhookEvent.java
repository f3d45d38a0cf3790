package io.quarkiverse.openai.batch.emulator.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.openai.batch.emulator.batch.BatchStatus;

/**
 * What a receiver is told of a batch that has ended (OpenAPI document, WebhookBatchCompleted and the like).
 *
 * @param id of the message, the same each time it is sent; not that of the event, which is in the body
 */
record WebhookEvent(String id, String type, String batchId, byte[] body) {

    static WebhookEvent of(String batchId, BatchStatus status, Instant now) {
        String type = type(status);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", "evt_" + hex()).put("object", "event").put("created_at", now.getEpochSecond()).put("type", type);
        json.putObject("data").put("id", batchId);
        return new WebhookEvent("wh_" + hex(), type, batchId, json.toString().getBytes(StandardCharsets.UTF_8));
    }

    static String type(BatchStatus status) {
        return "batch." + status.text();
    }

    private static String hex() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
