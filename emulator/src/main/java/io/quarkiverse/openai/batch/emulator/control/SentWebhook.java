package io.quarkiverse.openai.batch.emulator.control;

import java.time.Instant;

/**
 * One attempt to send a webhook.
 *
 * @param time by the emulator's clock
 * @param id of the message, the same for each attempt: the header {@code webhook-id}
 * @param type such as {@code batch.completed}
 * @param status of the answer; null if there was none
 */
public record SentWebhook(Instant time, String id, String type, String batchId, Integer status) {
}
