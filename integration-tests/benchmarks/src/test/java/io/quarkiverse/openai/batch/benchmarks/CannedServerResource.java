package io.quarkiverse.openai.batch.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.quarkiverse.openai.batch.benchmarks.data.Answers;
import io.quarkiverse.openai.batch.benchmarks.data.ResultFile;
import io.quarkiverse.openai.batch.benchmarks.server.CannedServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;

/** Starts the server, and tells its URL and the file that it serves. */
public class CannedServerResource implements QuarkusTestResourceLifecycleManager {

    private final Vertx vertx = Vertx.vertx();

    @Override
    public Map<String, String> start() {
        try {
            Path results = Files.createTempFile("results", ".jsonl");
            results.toFile().deleteOnExit();
            ResultFile.write(results, Answers.STRUCTURED, 10_000);
            int port = CannedServer.start(vertx, results).toCompletionStage().toCompletableFuture().join();
            return Map.of("benchmark.server", "http://127.0.0.1:" + port, "benchmark.results", results.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
