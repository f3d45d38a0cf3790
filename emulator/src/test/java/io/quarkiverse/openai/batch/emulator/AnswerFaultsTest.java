package io.quarkiverse.openai.batch.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;

/** Answers that are gone, refused, redirected, wrong, compressed, slow or without end. */
@Timeout(60)
class AnswerFaultsTest {

    @TempDir
    static Path directory;

    private final Emulator emulator = Emulator.start(Emulators.options().speed(1).directory(directory).build());
    private final Client client = new Client(emulator);
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        emulator.reset();
        emulator.close();
    }

    @Test
    void filesAndBatchesCanBeGone() {
        String batch = client.createChatBatch(Client.chatLines(1));
        String file = client.upload("x\n");
        for (Operation operation : List.of(Operation.RETRIEVE_FILE, Operation.DOWNLOAD_FILE, Operation.DELETE_FILE,
                Operation.RETRIEVE_BATCH)) {
            emulator.faults().add(RequestFault.on(operation).status(410).always());
        }
        for (HttpResponse<String> gone : List.of(client.get("/files/" + file), client.get("/files/" + file + "/content"),
                client.delete("/files/" + file), client.get("/batches/" + batch), client.get("/batches/" + batch))) {
            assertThat(gone.statusCode()).isEqualTo(410);
            assertThat(Client.json(gone).at("/error/type").asText()).isEqualTo("invalid_request_error");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 500, 403 })
    void aDeleteCanBeRefused(int status) {
        String file = client.upload("x\n");
        emulator.faults().add(RequestFault.on(Operation.DELETE_FILE).status(status).times(2));
        assertThat(client.delete("/files/" + file).statusCode()).isEqualTo(status);
        assertThat(client.delete("/files/" + file).statusCode()).isEqualTo(status);
        assertThat(client.get("/files/" + file + "/content").body()).isEqualTo("x\n");
        assertThat(client.delete("/files/" + file).statusCode()).isEqualTo(200);
    }

    @Test
    void theMetadataOfAFileCanFailOrBeWrongWhileItsContentIsFine() {
        String file = client.upload("x".repeat(100));
        emulator.faults().add(RequestFault.on(Operation.RETRIEVE_FILE).id(file).status(500));
        emulator.faults().add(RequestFault.on(Operation.RETRIEVE_FILE).status(200).body("{}"));
        emulator.faults().add(RequestFault.on(Operation.RETRIEVE_FILE).field("bytes", 7).field("status", null).skip(2));
        assertThat(client.get("/files/" + file).statusCode()).isEqualTo(500);
        assertThat(client.get("/files/" + file).body()).isEqualTo("{}");
        JsonNode wrong = Client.json(client.get("/files/" + file));
        assertThat(wrong.get("bytes").asInt()).isEqualTo(7);
        assertThat(wrong.get("status").isNull()).isTrue();
        assertThat(wrong.get("id").asText()).isEqualTo(file);
        assertThat(Client.json(client.get("/files/" + file)).get("bytes").asInt()).isEqualTo(100);
        assertThat(client.get("/files/" + file + "/content").body()).hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(ints = { 301, 302, 303, 307, 308 })
    void anythingCanBeRedirected(int status) {
        String to = emulator.baseUrl() + "/elsewhere";
        emulator.faults().add(RequestFault.onAny().status(status).header("Location", to).always());
        for (HttpResponse<String> moved : List.of(client.get("/batches"),
                client.upload("x", "a.jsonl", Map.of("purpose", "batch")), client.get("/files/file-1/content"))) {
            assertThat(moved.statusCode()).isEqualTo(status);
            assertThat(moved.headers().firstValue("Location")).contains(to);
        }
        assertThat(emulator.files()).isEmpty();
    }

    @Test
    void contentCanBeRedirectedToASignedUrlOnAnotherPort() throws Exception {
        String file = client.upload("line\n");
        emulator.faults().add(RequestFault.on(Operation.DOWNLOAD_FILE).signedUrl().always());
        HttpResponse<String> redirect = client.get("/files/" + file + "/content");
        assertThat(redirect.statusCode()).isEqualTo(302);
        URI signed = URI.create(redirect.headers().firstValue("Location").orElseThrow());
        assertThat(signed.getPort()).isNotEqualTo(emulator.port());

        assertThat(get(HttpRequest.newBuilder(signed)).body()).isEqualTo("line\n");
        assertThat(get(HttpRequest.newBuilder(signed).header("Authorization", "Bearer sk-test")).statusCode()).isEqualTo(400);
        assertThat(get(HttpRequest.newBuilder(URI.create(signed + "0"))).statusCode()).isEqualTo(403);
        assertThat(emulator.requests().list()).filteredOn(request -> request.path().startsWith("/signed/"))
                .extracting(request -> request.status()).containsExactly(200, 400, 403);

        client.delete("/files/" + file);
        assertThat(get(HttpRequest.newBuilder(signed)).statusCode()).isEqualTo(404);
    }

    @Test
    void bodiesCanBeCompressedWithoutBeingAskedFor() throws Exception {
        String content = Client.chatLines(1_000);
        String file = client.upload(content);
        emulator.faults().add(RequestFault.onAny().gzip().times(2));
        HttpResponse<byte[]> compressed = bytes("/files/" + file + "/content");
        assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(compressed.body()).hasSizeLessThan(content.length() / 5);
        assertThat(unzipped(compressed)).isEqualTo(content);
        assertThat(Client.json(unzipped(bytes("/files/" + file))).get("id").asText()).isEqualTo(file);
        assertThat(client.get("/files/" + file + "/content").body()).isEqualTo(content);
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).as("the compressed file is gone").hasSize(1);
        }
    }

    @Test
    void aDownloadCanHaveNoEnd() throws Exception {
        String file = client.upload("0123456789");
        emulator.faults().add(RequestFault.on(Operation.DOWNLOAD_FILE).endless());
        emulator.faults().add(RequestFault.on(Operation.RETRIEVE_FILE).endless());
        HttpResponse<InputStream> endless = http.send(client.request("/files/" + file + "/content").build(),
                BodyHandlers.ofInputStream());
        assertThat(endless.headers().firstValue("Content-Length")).isEmpty();
        try (InputStream body = endless.body()) {
            assertThat(new String(body.readNBytes(5_000), StandardCharsets.UTF_8)).isEqualTo("0123456789".repeat(500));
        }
        try (InputStream body = http.send(client.request("/files/" + file).build(), BodyHandlers.ofInputStream()).body()) {
            assertThat(body.readNBytes(3_000_000)).hasSize(3_000_000);
        }
        assertThat(client.get("/files/" + file + "/content").body()).isEqualTo("0123456789");
    }

    @Test
    void faultsThatChangeDifferentThingsHappenAtOnce() throws Exception {
        String content = Client.chatLines(100);
        String file = client.upload(content);
        emulator.faults().add(RequestFault.on(Operation.DOWNLOAD_FILE).gzip().always());
        emulator.faults().add(RequestFault.on(Operation.DOWNLOAD_FILE).bytesPerSecond(10_000).always());
        emulator.faults().add(RequestFault.on(Operation.DOWNLOAD_FILE).header("X-Odd", "yes").withoutHeader("Date").always());
        emulator.faults().add(RequestFault.on(Operation.DOWNLOAD_FILE).bytesPerSecond(1).always());
        HttpResponse<byte[]> response = bytes("/files/" + file + "/content");
        assertThat(unzipped(response)).isEqualTo(content);
        assertThat(response.headers().firstValue("X-Odd")).contains("yes");
        assertThat(response.headers().firstValue("Date")).isEmpty();
        emulator.faults().add(RequestFault.on(Operation.DOWNLOAD_FILE).status(410));
        assertThat(bytes("/files/" + file + "/content").statusCode()).isEqualTo(410);
        assertThat(emulator.faults().requestFaults()).extracting(state -> state.happened()).containsExactly(2, 2, 2, 0, 1);
    }

    @Test
    void faultsThatMakeNoSenseAreRefused() {
        for (RequestFault fault : List.of(RequestFault.onAny().signedUrl(), RequestFault.onAny().endless().cut(0.5),
                RequestFault.on(Operation.DOWNLOAD_FILE).signedUrl().notFound())) {
            assertThatThrownBy(() -> emulator.faults().add(fault)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private HttpResponse<String> get(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<byte[]> bytes(String path) throws IOException, InterruptedException {
        return http.send(client.request(path).build(), BodyHandlers.ofByteArray());
    }

    private static String unzipped(HttpResponse<byte[]> response) throws IOException {
        try (InputStream bytes = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
