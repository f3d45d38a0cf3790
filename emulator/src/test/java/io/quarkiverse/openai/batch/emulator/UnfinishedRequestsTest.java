package io.quarkiverse.openai.batch.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;

@Timeout(60)
class UnfinishedRequestsTest {

    @TempDir
    Path directory;
    private Emulator emulator;
    private Client client;

    @BeforeEach
    void start() {
        emulator = Emulator.start(EmulatorOptions.builder().directory(directory).idleTimeout(Duration.ofMillis(500)).build());
        client = new Client(emulator);
    }

    @AfterEach
    void close() {
        emulator.close();
    }

    @Test
    void anUploadWithoutItsEndIsRefusedAndLeavesNothing() throws IOException {
        try (Emulator patient = Emulator.start(EmulatorOptions.builder().directory(directory).build())) {
            HttpResponse<String> refused = new Client(patient).uploadMultipart(Client.fieldPart("purpose", "batch")
                    + Client.filePartHead("a.jsonl") + "x".repeat(100_000));
            assertThat(refused.statusCode()).isEqualTo(400);
        }
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void anEmptyBoundaryIsNone() {
        for (String boundary : List.of("", "\"\"", " ", ";x=y")) {
            HttpResponse<String> refused = client.send(client.request("/files")
                    .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                    .POST(BodyPublishers.ofString("----\r\n\r\nx\r\n------\r\n")));
            assertThat(refused.statusCode()).as(boundary).isEqualTo(400);
        }
    }

    @Test
    void halfARequestIsGivenUpAfterTheIdleTime() throws IOException {
        for (String half : List.of("GET /v1/batches HT", "POST /v1/batches HTTP/1.1\r\nHost: localhost:" + emulator.port()
                + "\r\nAuthorization: Bearer k\r\nContent-Length: 100\r\n\r\n{")) {
            try (Socket socket = open(half); InputStream answer = socket.getInputStream()) {
                assertThat(answer.read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void aFaultMayTakeLongerThanTheIdleTime() throws Exception {
        String file = client.upload("x".repeat(1_000));
        emulator.faults().add(RequestFault.on(Operation.DOWNLOAD_FILE).stall(0.5, Duration.ofMillis(1_500)));
        CompletableFuture<HttpResponse<String>> stalled = client.sendAsync(client.request("/files/" + file + "/content"));
        assertThat(stalled.get(20, TimeUnit.SECONDS).body()).hasSize(1_000);
    }

    @Test
    void manyBodiesAtOnceFillOnlyAPartOfTheHeap() throws IOException {
        try (Emulator patient = Emulator.start(EmulatorOptions.defaults())) {
            Client other = new Client(patient);
            String half = "POST /v1/batches HTTP/1.1\r\nHost: localhost:" + patient.port()
                    + "\r\nAuthorization: Bearer k\r\nContent-Length: 1048576\r\n\r\n" + " ".repeat(1_000_000);
            List<Socket> sockets = new ArrayList<>();
            try {
                String body = "{}" + " ".repeat(500_000);
                while (other.post("/batches", body).statusCode() == 400) {
                    assertThat(sockets.size()).isLessThan(200);
                    sockets.add(open(half, patient.port()));
                }
                assertThat(other.post("/batches", body).statusCode()).isEqualTo(503);
            } finally {
                for (Socket socket : sockets) {
                    socket.close();
                }
            }
            while (other.post("/batches", "{}").statusCode() != 400) {
                Thread.onSpinWait();
            }
        }
    }

    private Socket open(String text) throws IOException {
        return open(text, emulator.port());
    }

    private static Socket open(String text, int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write(Client.bytes(text));
        socket.getOutputStream().flush();
        return socket;
    }
}
