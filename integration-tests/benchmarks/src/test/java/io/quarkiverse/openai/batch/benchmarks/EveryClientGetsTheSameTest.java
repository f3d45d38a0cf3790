package io.quarkiverse.openai.batch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.benchmarks.limits.RestClientCalls;
import io.quarkiverse.openai.batch.benchmarks.limits.VertxCalls;
import io.quarkiverse.openai.batch.benchmarks.openaijava.OpenAiJavaCalls;
import io.quarkiverse.openai.batch.benchmarks.ours.Services;
import io.quarkiverse.openai.batch.benchmarks.simpleopenai.SimpleOpenAiCalls;
import io.quarkiverse.openai.batch.benchmarks.work.AsyncBatchCalls;
import io.quarkiverse.openai.batch.benchmarks.work.BatchCalls;
import io.quarkiverse.openai.batch.benchmarks.work.BatchCalls.Answer;
import io.quarkiverse.openai.batch.benchmarks.work.FileTransfer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(CannedServerResource.class)
class EveryClientGetsTheSameTest {

    private static final Answer EXPECTED = new Answer(BatchCalls.BATCH, "in_progress", BatchCalls.INPUT_FILE, 1763711533);

    @Inject
    Services services;
    @Inject
    RestClientCalls restClient;
    @Inject
    VertxCalls vertx;
    @ConfigProperty(name = "benchmark.server")
    URI server;
    @ConfigProperty(name = "benchmark.results")
    Path results;

    @Test
    void whenItWaits() {
        for (BatchCalls calls : List.of(services, restClient, new OpenAiJavaCalls(server))) {
            assertThat(calls.create()).as(calls.getClass().getName()).isEqualTo(EXPECTED);
            assertThat(calls.retrieve()).as(calls.getClass().getName()).isEqualTo(EXPECTED);
        }
    }

    @Test
    void whenItDoesNotWait() {
        for (AsyncBatchCalls calls : List.of(services.withoutWaiting(), restClient.withoutWaiting(), vertx,
                new SimpleOpenAiCalls(server))) {
            assertThat(calls.create().toCompletableFuture().join()).as(calls.getClass().getName()).isEqualTo(EXPECTED);
            assertThat(calls.retrieve().toCompletableFuture().join()).as(calls.getClass().getName()).isEqualTo(EXPECTED);
        }
    }

    @Test
    void inAFileThatItSendsAndFetches() throws IOException {
        for (FileTransfer transfer : List.of(services, new OpenAiJavaCalls(server), new SimpleOpenAiCalls(server))) {
            assertThat(transfer.upload(results)).isBetween(Files.size(results), Files.size(results) + 1_000);
            try (InputStream in = transfer.download("file-results")) {
                assertThat(in).hasBinaryContent(Files.readAllBytes(results));
            }
        }
    }
}
