package io.quarkiverse.openai.batch.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;

@Timeout(60)
class RequestFaultsTest {

    private static final long START = Emulators.START.getEpochSecond();

    private final Emulator emulator = Emulators.slow();
    private final Client client = new Client(emulator);

    @AfterEach
    void close() {
        emulator.close();
    }

    @Test
    void aStatusReplacesTheAnswerAndTheEffectAsOftenAsToldAndWithAnyHeader() {
        emulator.faults().add(RequestFault.on(Operation.CREATE_BATCH).status(503).times(2)
                .header("Retry-After", "Fri, 31 Dec 1999 23:59:59 GMT").header("x-should-retry", "false")
                .header("retry-after-ms", "1.5"));
        String input = client.upload(Client.chatLines(1));
        for (int attempt = 0; attempt < 2; attempt++) {
            HttpResponse<String> response = create(input);
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(Client.json(response).at("/error/type").asText()).isEqualTo("server_error");
            assertThat(response.headers().firstValue("retry-after")).contains("Fri, 31 Dec 1999 23:59:59 GMT");
            assertThat(response.headers().firstValue("x-should-retry")).contains("false");
            assertThat(response.headers().firstValue("retry-after-ms")).contains("1.5");
        }
        assertThat(emulator.batches()).isEmpty();
        assertThat(create(input).statusCode()).isEqualTo(200);
        assertThat(emulator.batches()).hasSize(1);
    }

    @Test
    void anAnswerCanBeReplacedAlthoughTheEffectTookPlace() {
        emulator.faults().add(RequestFault.on(Operation.CREATE_BATCH).status(200).body("<html>").withEffect()
                .header("Content-Type", "text/html"));
        HttpResponse<String> response = create(client.upload(Client.chatLines(1)));
        assertThat(response.body()).isEqualTo("<html>");
        assertThat(response.headers().firstValue("content-type")).contains("text/html");
        assertThat(emulator.batches()).hasSize(1);
    }

    @Test
    void aResetBeforeTheEffectLeavesNothingAndOneAfterItLeavesTheBatch() {
        String input = client.upload(Client.chatLines(1));
        emulator.faults().add(RequestFault.on(Operation.CREATE_BATCH).reset());
        assertThatThrownBy(() -> create(input)).hasRootCauseMessage("Connection reset");
        assertThat(emulator.batches()).isEmpty();
        emulator.faults().add(RequestFault.on(Operation.CREATE_BATCH).reset().withEffect());
        assertThatThrownBy(() -> create(input)).isInstanceOf(UncheckedIOException.class);
        assertThat(emulator.batches()).hasSize(1);
    }

    @Test
    void aCloseIsNoReset() {
        emulator.faults().add(RequestFault.on(Operation.CREATE_BATCH).close());
        assertThatThrownBy(() -> create("file-x")).isInstanceOf(UncheckedIOException.class)
                .hasRootCauseInstanceOf(EOFException.class);
    }

    @Test
    void anEffectCanComeSecondsAfterTheReset() {
        String input = client.upload(Client.chatLines(1));
        emulator.faults().add(RequestFault.on(Operation.CREATE_BATCH).reset().effectAfter(Duration.ofSeconds(30)));
        assertThatThrownBy(() -> create(input)).isInstanceOf(UncheckedIOException.class);
        emulator.clock().advance(Duration.ofSeconds(29));
        assertThat(Client.json(client.get("/batches")).get("data")).isEmpty();
        emulator.clock().advance(Duration.ofSeconds(10));
        JsonNode batch = Client.json(client.get("/batches")).at("/data/0");
        assertThat(batch.get("created_at").asLong()).isEqualTo(START + 30);
        assertThat(batch.get("status").asText()).isEqualTo("finalizing");
    }

    @Test
    void anEffectCanComeLaterInRealTime() {
        String input = client.upload(Client.chatLines(1));
        emulator.faults().add(RequestFault.on(Operation.CREATE_BATCH).close().effectAfterRealTime(Duration.ofMillis(20)));
        assertThatThrownBy(() -> create(input)).isInstanceOf(UncheckedIOException.class);
        while (Client.json(client.get("/batches")).get("data").isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(emulator.batches()).hasSize(1);
    }

    @Test
    void uploadsCanBeLostBeforeAndAfterTheyAreStored() {
        emulator.faults().add(RequestFault.on(Operation.CREATE_FILE).reset());
        emulator.faults().add(RequestFault.on(Operation.CREATE_FILE).reset().withEffect());
        emulator.faults().add(RequestFault.on(Operation.CREATE_FILE).reset().effectAfter(Duration.ofSeconds(5)));
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThatThrownBy(() -> client.upload("x\n")).isInstanceOf(UncheckedIOException.class);
        }
        assertThat(emulator.files()).hasSize(1);
        emulator.clock().advance(Duration.ofSeconds(5));
        assertThat(emulator.files()).hasSize(2);
        String id = emulator.files().get(0).get("id").asText();
        assertThat(client.get("/files/" + id + "/content").body()).isEqualTo("x\n");
    }

    @Test
    void anUploadCanBeCutOffWithoutReadingIt() {
        emulator.faults().add(RequestFault.on(Operation.CREATE_FILE).reset().withoutReadingBody());
        String body = Client.multipart("x".repeat(5_000_000), "a.jsonl", Map.of("purpose", "batch"));
        assertThatThrownBy(() -> client.uploadMultipart(body)).isInstanceOf(UncheckedIOException.class);
        assertThat(emulator.files()).isEmpty();
        assertThat(client.uploadMultipart(body).statusCode()).isEqualTo(200);
    }

    @Test
    void whatExistsCanBeNotFoundForAMoment() {
        String input = client.upload(Client.chatLines(1));
        emulator.faults().add(RequestFault.on(Operation.CREATE_BATCH).notFound());
        HttpResponse<String> refused = create(input);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Client.json(refused).at("/error/message").asText()).contains(input);
        String id = Client.json(create(input)).get("id").asText();
        emulator.faults().add(RequestFault.on(Operation.RETRIEVE_BATCH).id(id).notFound().times(2));
        String other = Client.json(create(input)).get("id").asText();
        assertThat(client.get("/batches/" + other).statusCode()).isEqualTo(200);
        assertThat(client.get("/batches/" + id).statusCode()).isEqualTo(404);
        assertThat(Client.json(client.get("/batches/" + id)).at("/error/message").asText()).contains(id);
        assertThat(client.get("/batches/" + id).statusCode()).isEqualTo(200);
        emulator.faults().add(RequestFault.on(Operation.DOWNLOAD_FILE).notFound());
        assertThat(client.get("/files/" + input + "/content").statusCode()).isEqualTo(404);
        assertThat(client.get("/files/" + input + "/content").statusCode()).isEqualTo(200);
    }

    @Test
    void aBodyCanBreakOffInTheMiddle() {
        String input = client.upload(Client.chatLines(1_000));
        emulator.faults().add(RequestFault.on(Operation.DOWNLOAD_FILE).cut(0.5));
        emulator.faults().add(RequestFault.on(Operation.LIST_FILES).cut(0.5));
        emulator.faults().add(RequestFault.on(Operation.LIST_BATCHES).cut(0));
        for (String path : List.of("/files/" + input + "/content", "/files", "/batches")) {
            assertThatThrownBy(() -> client.get(path)).as(path).isInstanceOf(UncheckedIOException.class);
            assertThat(client.get(path).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aDownloadCanBeShortAndLookWhole() {
        String input = client.upload(Client.chatLines(1_000));
        int length = client.get("/files/" + input + "/content").body().length();
        emulator.faults().add(RequestFault.on(Operation.DOWNLOAD_FILE).shorten(0.25));
        HttpResponse<String> shortened = client.get("/files/" + input + "/content");
        assertThat(shortened.statusCode()).isEqualTo(200);
        assertThat(shortened.body()).hasSize(length / 4);
        assertThat(shortened.headers().firstValueAsLong("Content-Length")).hasValue(length / 4);
        assertThat(client.get("/files/" + input + "/content").body()).hasSize(length);
    }

    @Test
    void aBodyCanStallForEverOrForATime() {
        String input = client.upload(Client.chatLines(1_000));
        String path = "/files/" + input + "/content";
        emulator.faults().add(RequestFault.on(Operation.DOWNLOAD_FILE).stall(0.5));
        CompletableFuture<HttpResponse<String>> stalled = client.sendAsync(client.request(path));
        assertThatThrownBy(() -> stalled.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        emulator.faults().add(RequestFault.on(Operation.DOWNLOAD_FILE).stall(0, Duration.ofMillis(50)));
        assertThat(client.get(path).body()).isEqualTo(Client.chatLines(1_000));
    }

    @Test
    void answersCanBeDelayedAndSlow() {
        String input = client.upload("x".repeat(2_000));
        emulator.faults().add(RequestFault.on(Operation.DOWNLOAD_FILE).delay(Duration.ofMillis(100)).bytesPerSecond(10_000));
        long started = System.nanoTime();
        assertThat(client.get("/files/" + input + "/content").body()).hasSize(2_000);
        // 100 ms, and three pauses of 50 ms between four slices; timers may fire a little early.
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofMillis(200));
    }

    @Test
    void aClientCanGiveUpOnAnAnswerWhoseEffectTookPlace() {
        String input = client.upload(Client.chatLines(1));
        emulator.faults().add(RequestFault.on(Operation.CREATE_BATCH).answerDelay(Duration.ofSeconds(2)));
        assertThatThrownBy(() -> client.send(client.request("/batches").timeout(Duration.ofMillis(500))
                .POST(BodyPublishers.ofString(Client.createBody(input, "/v1/chat/completions")))))
                .hasCauseInstanceOf(HttpTimeoutException.class);
        assertThat(emulator.batches()).hasSize(1);
    }

    @Test
    void anOutageLastsByTheEmulatorsClock() {
        emulator.faults().add(RequestFault.onAny().status(502).always().lasting(Duration.ofHours(3)));
        assertThat(client.get("/batches").statusCode()).isEqualTo(502);
        assertThat(client.get("/files").statusCode()).isEqualTo(502);
        emulator.clock().advance(Duration.ofHours(3));
        assertThat(client.get("/batches").statusCode()).isEqualTo(200);
    }

    @Test
    void occasionsCanBeSkipped() {
        emulator.faults().add(RequestFault.on(Operation.LIST_BATCHES).status(500).skip(2));
        assertThat(statuses(client, 4)).containsExactly(200, 200, 500, 200);
        assertThat(emulator.faults().requestFaults().get(0).happened()).isEqualTo(1);
    }

    @Test
    void chanceIsTheSameForTheSameSeed() {
        List<List<Integer>> runs = new ArrayList<>();
        for (long seed : new long[] { 7, 7, 8 }) {
            try (Emulator seeded = Emulator.start(EmulatorOptions.builder().seed(seed).build())) {
                seeded.faults().add(RequestFault.onAny().status(500).probability(0.5).always());
                runs.add(statuses(new Client(seeded), 40));
            }
        }
        assertThat(runs.get(0)).contains(200, 500).isEqualTo(runs.get(1)).isNotEqualTo(runs.get(2));
    }

    @Test
    void faultsCanBeTakenBack() {
        String id = emulator.faults().add(RequestFault.onAny().status(500).always());
        assertThat(emulator.faults().remove(id)).isTrue();
        assertThat(emulator.faults().remove(id)).isFalse();
        assertThat(client.get("/batches").statusCode()).isEqualTo(200);
    }

    @Test
    void faultsThatMakeNoSenseAreRefused() {
        for (RequestFault fault : List.of(RequestFault.onAny().status(99), RequestFault.onAny().probability(2),
                RequestFault.onAny().cut(-1), RequestFault.onAny().status(500).reset(), RequestFault.onAny().times(-1),
                RequestFault.onAny().effectAfter(Duration.ofSeconds(1)), RequestFault.onAny().withoutReadingBody(),
                RequestFault.onAny().reset().withEffect().withoutReadingBody(), RequestFault.onAny().bytesPerSecond(0))) {
            assertThatThrownBy(() -> emulator.faults().add(fault)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static List<Integer> statuses(Client client, int requests) {
        return IntStream.range(0, requests).mapToObj(number -> client.get("/batches").statusCode()).toList();
    }

    private HttpResponse<String> create(String input) {
        return client.send(client.request("/batches")
                .POST(BodyPublishers.ofString(Client.createBody(input, "/v1/chat/completions"))));
    }
}
