package io.quarkiverse.openai.batch.test.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.RetryOptions;
import io.quarkiverse.openai.batch.emulator.Emulator;
import io.quarkiverse.openai.batch.emulator.EmulatorOptions;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.Endpoint;
import io.quarkus.test.QuarkusUnitTest;

class AThousandConcurrentCallsEndWellTest {

    private static final int CALLS = 1_000;
    private static final int THREADS = 64;
    private static final double FAULTY = 0.05 / 3;

    private static final String LINE = """
            {"custom_id":"1","method":"POST","url":"/v1/chat/completions","body":{"model":"m","messages":[{"role":"user","content":"Hello"}]}}
            """;

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("quarkus.openai-batch.devservices.enabled", "false");

    @Test
    void withFivePerCentOfFaultsAndNothingLeftOver() throws Exception {
        Path input = Files.writeString(Files.createTempFile("input", ".jsonl"), LINE);
        try (Emulator emulator = Emulator.start(EmulatorOptions.builder().speed(1).build())) {
            callAmongFaults(emulator, input);
            await("connections", () -> connectionsTo(emulator.port()));
        }
    }

    private static void callAmongFaults(Emulator emulator, Path input) throws Exception {
        try (OpenAiBatch client = client(emulator)) {
            String file = client.files().uploadFile(input).id();
            String batch = client.batches().createBatch(CreateBatchRequest.of(file, Endpoint.CHAT_COMPLETIONS)).id();
            callAll(client, file, batch);
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            addFaults(emulator);
            callAll(client, file, batch);
            emulator.faults().clear();
            assertThat(client.batches().retrieveBatch(batch).id()).isEqualTo(batch);
            await("threads", () -> threadsBeyond(before));
        }
    }

    private static OpenAiBatch client(Emulator emulator) {
        return OpenAiBatch.builder().baseUrl(emulator.baseUrl().toString()).apiKey("sk-test")
                .retry(RetryOptions.backoff().withMaxRetries(8)
                        .withIntervals(Duration.ofMillis(20), Duration.ofMillis(200)))
                .build();
    }

    private static void addFaults(Emulator emulator) {
        emulator.faults().add(RequestFault.onAny().reset().probability(FAULTY).always());
        emulator.faults().add(RequestFault.onAny().status(503).probability(FAULTY).always());
        emulator.faults().add(RequestFault.onAny().status(429).header("retry-after-ms", "30").probability(FAULTY).always());
    }

    private static void callAll(OpenAiBatch client, String file, String batch) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                int call = i;
                calls.add(threads.submit(() -> call(client, call, file, batch)));
            }
            for (Future<Boolean> call : calls) {
                assertThat(call.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean call(OpenAiBatch client, int call, String file, String batch) throws Exception {
        return switch (call % 4) {
            case 0 -> client.batches().retrieveBatch(batch).id().equals(batch);
            case 1 -> client.files().retrieveFile(file).id().equals(file);
            case 2 -> client.reactiveBatches().listBatches(null, 5).await().indefinitely().data().size() == 1;
            default -> {
                try (var content = client.files().fileContent(file)) {
                    yield new String(content.readAllBytes()).equals(LINE);
                }
            }
        };
    }

    /** Worker pools may have grown; what belongs to the calls themselves must have ended. */
    private static Set<String> threadsBeyond(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream().filter(Thread::isAlive)
                .filter(thread -> !before.contains(thread)).map(Thread::getName)
                .filter(name -> !name.matches("(executor-thread|vert.x|ForkJoinPool|process|Timer|SmallRye Fault Tolerance).*"))
                .collect(Collectors.toSet());
    }

    /** The established connections to a port, as Linux tells them; elsewhere none. */
    private static Set<String> connectionsTo(int port) {
        String remote = "[0-9A-F]+:%04X 01".formatted(port);
        return Stream.of("/proc/self/net/tcp", "/proc/self/net/tcp6").map(Path::of).filter(Files::exists)
                .flatMap(table -> lines(table).stream()).map(line -> line.strip().split(" +"))
                .filter(columns -> columns.length > 3 && (columns[2] + " " + columns[3]).matches(remote))
                .map(columns -> columns[1]).collect(Collectors.toSet());
    }

    private static List<String> lines(Path table) {
        try {
            return Files.readAllLines(table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(String what, Supplier<Set<String>> left) {
        Awaitility.await(what).pollInSameThread().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(left.get()).isEmpty());
    }
}
