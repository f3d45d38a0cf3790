package io.quarkiverse.openai.batch.webhook;

import java.util.Objects;

import io.quarkiverse.openai.batch.model.WebhookEvent;

/**
 * A provider has sent an event, and its signature holds. It is fired at least once, and perhaps again after a restart, to
 * synchronous and asynchronous observers, in the process that the provider called. An event is a hint: retrieve the batch to
 * know its state.
 *
 * <pre>{@code
 * void ended(@ObservesAsync WebhookReceived received) {
 *     if (received.event().type().equals("batch.completed")) {
 *         Batch batch = batches.retrieveBatch(received.event().data().id());
 *     }
 * }
 * }</pre>
 *
 * @param client the name of the client whose secret signed it; {@code <default>} for the default one
 * @param id the id of this call, the same when it is sent again; not the event's
 * @param event what was sent
 */
public record WebhookReceived(String client, String id, WebhookEvent event) {

    public WebhookReceived {
        Objects.requireNonNull(client);
        Objects.requireNonNull(id);
        Objects.requireNonNull(event);
    }
}
