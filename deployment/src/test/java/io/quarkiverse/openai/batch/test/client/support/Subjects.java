package io.quarkiverse.openai.batch.test.client.support;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.rest.client.inject.RestClient;

import io.quarkiverse.openai.batch.BatchClient;
import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.FileService;
import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.RetryOptions;
import io.quarkiverse.openai.batch.reactive.ReactiveBatchService;
import io.quarkiverse.openai.batch.reactive.ReactiveFileService;

/** Every way to a client that an application has, for the server at {@code subjects.url}. */
@Singleton
public class Subjects {

    /** The retries of all subjects: quick, without jitter. */
    public static final RetryOptions RETRY = RetryOptions.backoff()
            .withIntervals(Duration.ofMillis(10), Duration.ofMillis(20)).withJitter(0);

    @RestClient
    BatchService restClientBatches;

    @RestClient
    FileService restClientFiles;

    @Inject
    BatchService batches;

    @Inject
    FileService files;

    @Inject
    ReactiveBatchService reactiveBatches;

    @Inject
    ReactiveFileService reactiveFiles;

    @Inject
    @BatchClient("named")
    BatchService namedBatches;

    @Inject
    @BatchClient("named")
    FileService namedFiles;

    @Inject
    @BatchClient("named")
    ReactiveBatchService namedReactiveBatches;

    @Inject
    @BatchClient("named")
    ReactiveFileService namedReactiveFiles;

    private final OpenAiBatch built;

    Subjects(@ConfigProperty(name = "quarkus.openai-batch.base-url") String url) {
        built = OpenAiBatch.builder().baseUrl(url).apiKey(SecretTexts.KEY).organization("org-1").project("proj-1")
                .header("X-Client", "7").query("scope", "a b").retry(RETRY)
                .pollInterval(Duration.ofMillis(10), Duration.ofMillis(20)).submissionSettle(Duration.ofMillis(100)).build();
    }

    public Subject of(String name) {
        return switch (name) {
            case Subject.REST_CLIENT -> new Subject(restClientBatches, restClientFiles);
            case Subject.DEFAULT -> new Subject(batches, files);
            case Subject.NAMED -> new Subject(namedBatches, namedFiles);
            case Subject.BUILT -> Subject.of(built);
            case Subject.REACTIVE -> Subject.of(reactiveBatches, reactiveFiles);
            case Subject.NAMED_REACTIVE -> Subject.of(namedReactiveBatches, namedReactiveFiles);
            case Subject.BUILT_REACTIVE -> Subject.of(built.reactiveBatches(), built.reactiveFiles());
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Runs a test that takes its time for all subjects at once. */
    public void atOnce(Consumer<Subject> test) {
        ExecutorService threads = Executors.newFixedThreadPool(Subject.ALL.size());
        try {
            Map<String, Future<?>> runs = new LinkedHashMap<>();
            Subject.ALL.forEach(name -> runs.put(name, threads.submit(() -> test.accept(of(name)))));
            runs.forEach((name, run) -> assertThatCode(run::get).as(name).doesNotThrowAnyException());
        } finally {
            threads.shutdownNow();
        }
    }

    @PreDestroy
    void close() {
        built.close();
    }
}
