package org.acme;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;

import org.eclipse.microprofile.rest.client.inject.RestClient;

import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.webhook.WebhookReceived;

@ApplicationScoped
class ToldByWebhook {

    @Inject
    @RestClient
    BatchService batches;

    private volatile Batch last;

    // tag::event[]
    void ended(@ObservesAsync WebhookReceived received) {
        if ("batch.completed".equals(received.event().type())) {
            last = batches.retrieveBatch(received.event().data().id());
        }
    }
    // end::event[]

    Batch last() {
        return last;
    }
}
