package io.quarkiverse.openai.batch.benchmarks.limits;

import java.util.concurrent.CompletionStage;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.rest.client.inject.RestClient;

import io.quarkiverse.openai.batch.benchmarks.ours.Services;
import io.quarkiverse.openai.batch.benchmarks.work.AsyncBatchCalls;
import io.quarkiverse.openai.batch.benchmarks.work.BatchCalls;

@Singleton
public class RestClientCalls implements BatchCalls {

    private final BatchApi api;

    RestClientCalls(@RestClient BatchApi api) {
        this.api = api;
    }

    @Override
    public Answer create() {
        return Services.answer(api.create(Services.request()));
    }

    @Override
    public Answer retrieve() {
        return Services.answer(api.retrieve(BATCH));
    }

    public AsyncBatchCalls withoutWaiting() {
        return new AsyncBatchCalls() {
            @Override
            public CompletionStage<Answer> create() {
                return api.createLater(Services.request()).map(Services::answer).subscribeAsCompletionStage();
            }

            @Override
            public CompletionStage<Answer> retrieve() {
                return api.retrieveLater(BATCH).map(Services::answer).subscribeAsCompletionStage();
            }
        };
    }
}
