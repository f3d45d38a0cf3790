package org.acme;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import org.eclipse.microprofile.rest.client.inject.RestClient;

import io.quarkiverse.openai.batch.BatchClient;
import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.FileService;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.reactive.ReactiveBatchService;
import io.smallrye.mutiny.Multi;

@ApplicationScoped
public class InjectedClients {

    // tag::default[]
    @Inject
    @RestClient
    BatchService batches;

    @Inject
    BatchService theSame; // <1>
    // end::default[]

    // tag::named[]
    @Inject
    @BatchClient("groq")
    BatchService groqBatches;

    @Inject
    @BatchClient("groq")
    FileService groqFiles;
    // end::named[]

    // tag::reactive[]
    @Inject
    ReactiveBatchService reactive;

    Multi<Batch> running() {
        return reactive.listAllBatches().filter(batch -> !batch.status().isTerminal());
    }
    // end::reactive[]

    // tag::lookup[]
    @Inject
    @Any
    Instance<BatchService> clients;

    BatchService client(String name) {
        return clients.select(BatchClient.Literal.of(name)).get();
    }
    // end::lookup[]
}
