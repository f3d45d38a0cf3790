package io.quarkiverse.openai.batch.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.BatchFault.Stop;
import io.quarkiverse.openai.batch.emulator.control.LineFault;
import io.quarkiverse.openai.batch.emulator.control.LineFault.Kind;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;

@Timeout(120)
class ManyFaultsAtOnceLeaveNothingBehindTest {

    private static final int THREADS = 32;
    private static final int ROUNDS = 6;

    @TempDir
    Path directory;
    private final AtomicInteger broken = new AtomicInteger();

    @Test
    void thereAreAsManyFilesOnDiskAsInTheListing() throws Exception {
        try (Emulator emulator = Emulator.start(EmulatorOptions.builder().speed(10_000).directory(directory).build())) {
            addFaults(emulator);
            Client client = new Client(emulator);
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            List<Future<?>> runs = IntStream.range(0, THREADS * ROUNDS)
                    .<Future<?>> mapToObj(number -> threads.submit(() -> attempt(() -> round(client)))).toList();
            for (Future<?> run : runs) {
                run.get();
            }
            threads.shutdown();
            emulator.faults().clear();
            assertThat(broken.get()).isGreaterThan(THREADS);
            assertThat(client.get("/batches").statusCode()).isEqualTo(200);
            while (emulator.batches().stream().anyMatch(batch -> batch.get("status").asText().matches(".*(ing|progress)"))) {
                emulator.clock().advance(Duration.ofHours(1));
            }
            assertThat(emulator.batches()).isNotEmpty();
            assertThat(filesOnDisk()).isEqualTo(emulator.files().size());
        }
    }

    private static void addFaults(Emulator emulator) {
        for (RequestFault fault : List.of(RequestFault.onAny().status(503), RequestFault.onAny().reset(),
                RequestFault.onAny().reset().withEffect(), RequestFault.onAny().close().effectAfter(Duration.ofMillis(5)),
                RequestFault.onAny().cut(0.5), RequestFault.onAny().shorten(0.9), RequestFault.onAny().notFound(),
                RequestFault.onAny().stall(0.5, Duration.ofMillis(5)), RequestFault.onAny().delay(Duration.ofMillis(5)),
                RequestFault.onAny().reset().withoutReadingBody())) {
            emulator.faults().add(fault.probability(0.04).always());
        }
        emulator.faults().add(new BatchFault().stopAfter(0.5, Stop.EXPIRE).probability(0.3).always());
        emulator.faults().add(new BatchFault().earlyFileIds().shuffled().lines(LineFault.of(Kind.MISSING, 0.2)).always());
    }

    private void round(Client client) {
        String file = Client.json(client.upload(Client.chatLines(200), "a.jsonl", Map.of("purpose", "batch")))
                .path("id").asText("none");
        String batch = Client.json(client.post("/batches", Client.createBody(file, "/v1/chat/completions")))
                .path("id").asText("none");
        attempt(() -> client.get("/batches/" + batch));
        attempt(() -> client.get("/files/" + file + "/content"));
        attempt(() -> client.post("/batches/" + batch + "/cancel", ""));
        attempt(() -> client.delete("/files/" + file));
    }

    private void attempt(Runnable call) {
        try {
            call.run();
        } catch (UncheckedIOException e) {
            broken.incrementAndGet();
        }
    }

    private long filesOnDisk() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        }
    }
}
