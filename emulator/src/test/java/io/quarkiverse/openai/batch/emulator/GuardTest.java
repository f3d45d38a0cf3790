package io.quarkiverse.openai.batch.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

class GuardTest {

    private final Emulator emulator = Emulator.start(EmulatorOptions.defaults());
    private final Client client = new Client(emulator);

    @AfterEach
    void close() {
        emulator.close();
    }

    @Test
    void aRequestWithoutKeyIsRefusedInOpenAisShape() {
        HttpResponse<String> response = client.send(HttpRequest.newBuilder(emulator.baseUrl().resolve("/v1/batches")));
        assertThat(response.statusCode()).isEqualTo(401);
        JsonNode error = Client.json(response).get("error");
        assertThat(error.get("type").asText()).isEqualTo("invalid_request_error");
        assertThat(error.get("code").asText()).isEqualTo("invalid_api_key");
        assertThat(error.get("param").isNull()).isTrue();
        assertThat(response.headers().firstValue("x-request-id")).isPresent();
        assertThat(response.headers().firstValue("openai-processing-ms")).isPresent();
    }

    @Test
    void onlyTheConfiguredKeyIsAccepted() {
        try (Emulator strict = Emulator.start(EmulatorOptions.builder().apiKey("sk-right").build())) {
            HttpRequest.Builder request = HttpRequest.newBuilder(strict.baseUrl().resolve("/v1/batches"));
            HttpResponse<String> wrong = client.send(request.copy().header("Authorization", "Bearer sk-wrong"));
            assertThat(wrong.statusCode()).isEqualTo(401);
            assertThat(wrong.body()).doesNotContain("sk-");
            assertThat(client.send(request.copy().header("Authorization", "Bearer sk-right")).statusCode()).isEqualTo(200);
            assertThat(client.send(request.copy().header("api-key", "sk-right")).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void noKeyIsNeededIfSoConfigured() {
        try (Emulator open = Emulator.start(EmulatorOptions.builder().requireKey(false).build())) {
            assertThat(client.send(HttpRequest.newBuilder(open.baseUrl().resolve("/v1/batches"))).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void otherOriginsAreRefused() {
        for (String origin : List.of("https://example.com", "null", "http://localhost:1")) {
            assertThat(client.send(client.request("/batches").header("Origin", origin)).statusCode()).isEqualTo(403);
        }
        String own = "http://127.0.0.1:" + emulator.port();
        assertThat(client.send(client.request("/batches").header("Origin", own)).statusCode()).isEqualTo(200);
    }

    @Test
    void otherHostNamesAreRefused() throws IOException {
        for (String host : List.of("example.com", "example.com:" + emulator.port(), "127.0.0.1", "localhost:1", "")) {
            assertThat(statusLine("GET /v1/batches HTTP/1.1\r\nHost: " + host)).as(host).contains(" 403 ");
        }
        for (String host : List.of("localhost", "127.0.0.1", "LOCALHOST", "[::1]")) {
            assertThat(statusLine("GET /v1/batches HTTP/1.1\r\nHost: " + host + ":" + emulator.port())).contains(" 200 ");
        }
    }

    @Test
    void requestsThatCanBeReadInTwoWaysAreRefused() throws IOException {
        String host = "\r\nHost: localhost:" + emulator.port();
        for (String head : List.of("GET /v1/batches HTTP/1.1" + host + host,
                "GET /v1/batches HTTP/1.1" + host + "\r\nHost: example.com",
                "GET /v1/batches HTTP/1.1" + host + ("\r\nOrigin: http://localhost:" + emulator.port()).repeat(2),
                "GET http://example.com/v1/batches HTTP/1.1" + host,
                "POST /v1/batches HTTP/1.1" + host + "\r\nContent-Length: 0\r\nTransfer-Encoding: chunked")) {
            assertThat(statusLine(head)).as(head).contains(" 400 ");
        }
    }

    @Test
    void headsAreBounded() {
        String host = "\r\nHost: localhost:" + emulator.port();
        for (String head : List.of("GET /v1/batches?x=" + "x".repeat(10_000) + " HTTP/1.1" + host,
                "GET /v1/batches HTTP/1.1" + host + "\r\nX: " + "x".repeat(70_000))) {
            assertRefusedOrCutOff(head);
        }
        assertThat(emulator.requests().list()).isEmpty();
    }

    @Test
    void unknownPathsAndMethodsAreRefused() throws IOException {
        assertThat(client.get("/engines").statusCode()).isEqualTo(404);
        assertThat(client.get("/batches/").statusCode()).isEqualTo(404);
        assertThat(client.delete("/batches").statusCode()).isEqualTo(405);
        assertThat(statusLine("GET /v1/files/%zz HTTP/1.1\r\nHost: localhost:" + emulator.port())).contains(" 404 ");
    }

    @Test
    void beyondLoopbackAKeyIsNeeded() {
        assertThatThrownBy(() -> EmulatorOptions.builder().host("0.0.0.0").build())
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("needs a key");
        assertThat(EmulatorOptions.builder().host("0.0.0.0").apiKey("k").build().loopback()).isFalse();
        assertThat(EmulatorOptions.builder().host("localhost").build().loopback()).isTrue();
    }

    private void assertRefusedOrCutOff(String head) {
        try {
            assertThat(statusLine(head)).containsPattern(" (414|431) ");
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }

    private String statusLine(String head) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), emulator.port())) {
            String request = head + "\r\nAuthorization: Bearer k\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return response.lines().findFirst().orElse("");
        }
    }
}
