package io.quarkiverse.openai.batch.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.emulator.control.Limits;

class FilesTest {

    private static final Map<String, String> BATCH = Map.of("purpose", "batch");
    private static final long START = Emulators.START.getEpochSecond();

    @TempDir
    Path directory;
    private Emulator emulator;
    private Client client;

    @BeforeEach
    void start() {
        emulator = Emulator.start(Emulators.options().speed(1).directory(directory)
                .limits(Limits.DOCUMENTED.withMaxUploadBytes(100_000)).build());
        client = new Client(emulator);
    }

    @AfterEach
    void close() {
        emulator.close();
    }

    @Test
    void anUploadedFileIsShownListedReadAndDeleted() throws IOException {
        String content = "{\"text\":\"grün – 🙂\"}\n";
        JsonNode file = Client.json(client.upload(content, "../../täst.jsonl", BATCH));
        String id = file.get("id").asText();
        assertThat(file.get("object").asText()).isEqualTo("file");
        assertThat(file.get("bytes").asInt()).isEqualTo(Client.bytes(content).length);
        assertThat(file.get("created_at").asLong()).isEqualTo(START);
        assertThat(file.get("expires_at").asLong()).isEqualTo(START + 30 * 86_400);
        assertThat(file.get("filename").asText()).isEqualTo("../../täst.jsonl");
        assertThat(file.get("purpose").asText()).isEqualTo("batch");
        assertThat(file.get("status").asText()).isEqualTo("processed");
        assertThat(storedNames()).singleElement().asString().matches("[0-9a-f-]{36}");

        assertThat(Client.json(client.get("/files/" + id))).isEqualTo(file);
        assertThat(Client.json(client.get("/files")).get("data")).containsExactly(file);
        HttpResponse<String> read = client.get("/files/" + id + "/content");
        assertThat(read.body()).isEqualTo(content);
        assertThat(read.headers().firstValue("Content-Type")).contains("application/octet-stream");

        JsonNode deleted = Client.json(client.delete("/files/" + id));
        assertThat(deleted.toString()).isEqualTo("{\"id\":\"" + id + "\",\"object\":\"file\",\"deleted\":true}");
        assertThat(storedNames()).isEmpty();
        for (HttpResponse<String> gone : List.of(client.get("/files/" + id), client.delete("/files/" + id),
                client.get("/files/" + id + "/content"))) {
            assertThat(gone.statusCode()).isEqualTo(404);
            assertThat(Client.json(gone).at("/error/message").asText()).contains(id);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "expires_after[%s]", "expires_after.%s" })
    void expiryIsTakenFromBracketsAndDots(String name) {
        JsonNode file = Client.json(client.upload("x", "a.jsonl",
                Map.of("purpose", "batch", name.formatted("anchor"), "created_at", name.formatted("seconds"), "3600")));
        assertThat(file.get("expires_at").asLong()).isEqualTo(START + 3_600);
        emulator.clock().advance(Duration.ofSeconds(3_599));
        assertThat(client.get("/files/" + file.get("id").asText()).statusCode()).isEqualTo(200);
        emulator.clock().advance(Duration.ofSeconds(1));
        assertThat(client.get("/files/" + file.get("id").asText()).statusCode()).isEqualTo(404);
        assertThat(Client.json(client.get("/files")).get("data")).isEmpty();
    }

    static Stream<Arguments> uploads() {
        return Stream.of(
                Arguments.of("a.jsonl", Map.of(), "purpose"),
                Arguments.of("a.jsonl", Map.of("purpose", "batch_output"), "purpose"),
                Arguments.of("a.txt", BATCH, null),
                Arguments.of(null, BATCH, "file"),
                Arguments.of("", BATCH, "file"),
                Arguments.of("a.jsonl", Map.of("purpose", "batch", "expires_after[seconds]", "3600"), "expires_after.anchor"),
                Arguments.of("a.jsonl", Map.of("purpose", "batch", "expires_after[anchor]", "created_at"),
                        "expires_after.seconds"),
                Arguments.of("a.jsonl",
                        Map.of("purpose", "batch", "expires_after[anchor]", "created_at", "expires_after[seconds]", "1"),
                        "expires_after.seconds"));
    }

    @ParameterizedTest
    @MethodSource("uploads")
    void aBadUploadIsRefusedAndLeavesNothing(String filename, Map<String, String> fields, String param) throws IOException {
        HttpResponse<String> response = client.upload("x", filename, fields);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Client.json(response).at("/error/param").textValue()).isEqualTo(param);
        assertThat(storedNames()).isEmpty();
    }

    @Test
    void aLargePartWithoutFileNameIsRefused() {
        assertThat(client.upload("x".repeat(50_000), null, BATCH).statusCode()).isEqualTo(400);
    }

    @Test
    void aFileBeyondTheUploadLimitIsRefusedAndLeavesNothing() throws IOException {
        HttpResponse<String> response = client.upload("x".repeat(100_001), "a.jsonl", BATCH);
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(storedNames()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "nonsense", "--a-boundary-that-no-line-contains\r\nno end" })
    void aBrokenMultipartBodyIsRefused(String body) throws IOException {
        assertThat(client.uploadMultipart(body).statusCode()).isEqualTo(400);
        assertThat(client.post("/files", "{}").statusCode()).isEqualTo(400);
        assertThat(storedNames()).isEmpty();
    }

    @Test
    void listingsHavePagesOrdersAndPurposes() {
        List<String> ids = Stream.of("1", "2", "3").map(client::upload).toList();
        String other = Client.json(client.upload("x", "a.txt", Map.of("purpose", "assistants"))).get("id").asText();

        JsonNode first = Client.json(client.get("/files?limit=2"));
        assertThat(first.findValuesAsText("id")).containsExactly(other, ids.get(2));
        assertThat(first.get("first_id").asText()).isEqualTo(other);
        assertThat(first.get("last_id").asText()).isEqualTo(ids.get(2));
        assertThat(first.get("has_more").asBoolean()).isTrue();
        JsonNode rest = Client.json(client.get("/files?limit=2&after=" + ids.get(2)));
        assertThat(rest.findValuesAsText("id")).containsExactly(ids.get(1), ids.get(0));
        assertThat(rest.get("has_more").asBoolean()).isFalse();
        assertThat(Client.json(client.get("/files?order=asc&purpose=batch")).findValuesAsText("id"))
                .containsExactlyElementsOf(ids);
        for (String query : List.of("limit=0", "limit=10001", "limit=x", "order=up")) {
            assertThat(client.get("/files?" + query).statusCode()).as(query).isEqualTo(400);
        }
        assertThat(client.get("/files?after=file-none").statusCode()).isEqualTo(404);
    }

    @Test
    void aBatchGoesOnThoughItsInputFileIsDeleted() throws IOException {
        String input = client.upload(Client.chatLines(3));
        String batch = client.createBatch(input, "/v1/chat/completions");
        client.delete("/files/" + input);
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        String output = client.batch(batch).get("output_file_id").asText();
        assertThat(client.results(output)).hasSize(3);
        client.delete("/files/" + output);
        assertThat(storedNames()).isEmpty();
    }

    @Test
    @Timeout(60)
    void anUploadThatTheClientBreaksOffLeavesNothing() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), emulator.port())) {
            socket.getOutputStream().write(Client.bytes("POST /v1/files HTTP/1.1\r\nHost: localhost:" + emulator.port()
                    + "\r\nAuthorization: Bearer k\r\nContent-Type: multipart/form-data; boundary=" + Client.BOUNDARY
                    + "\r\nContent-Length: 90000\r\n\r\n" + Client.filePartHead("a.jsonl") + "x".repeat(50_000)));
            socket.getOutputStream().flush();
            while (storedNames().isEmpty()) {
                Thread.onSpinWait();
            }
        }
        while (!storedNames().isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(emulator.files()).isEmpty();
    }

    @Test
    void aResetLeavesNothingOnDisk() throws IOException {
        client.createChatBatch(Client.chatLines(300));
        emulator.clock().advance(Duration.ofSeconds(6));
        assertThat(emulator.ledger().summary().paid()).isEqualTo(100);
        emulator.reset();
        assertThat(storedNames()).isEmpty();
    }

    @Test
    void outputFilesExpireAsTheBatchSaysOrAfterThirtyDays() {
        String input = client.upload(Client.chatLines(1));
        String batch = Client.json(client.post("/batches", Client.createBody(input, "/v1/chat/completions").replace("}",
                ",\"output_expires_after\":{\"anchor\":\"created_at\",\"seconds\":7200}}"))).get("id").asText();
        String standard = client.createBatch(input, "/v1/chat/completions");
        emulator.clock().advance(Duration.ofMinutes(10));
        assertThat(lifetime(batch)).isEqualTo(7_200);
        assertThat(lifetime(standard)).isEqualTo(30 * 86_400);
    }

    private long lifetime(String batch) {
        JsonNode file = Client.json(client.get("/files/" + client.batch(batch).get("output_file_id").asText()));
        assertThat(file.get("purpose").asText()).isEqualTo("batch_output");
        return file.get("expires_at").asLong() - file.get("created_at").asLong();
    }

    private List<String> storedNames() throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.map(path -> path.getFileName().toString()).toList();
        }
    }
}
