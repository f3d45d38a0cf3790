package io.quarkiverse.openai.batch.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

/** A file of nearly the largest size there may be, in a process of -Xmx64m. */
@Timeout(300)
class LargeFilesPassThroughASmallHeapTest {

    private static final int LINES = 50_000;
    private static final String TEXT = "A text of some length – with ünïcode. ".repeat(95);

    private final HttpClient http = HttpClient.newHttpClient();
    @TempDir
    private Path directory;
    private Path multipart;
    private Process process;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
                "-XX:+ExitOnOutOfMemoryError", "-cp", System.getProperty("java.class.path"), Main.class.getName(),
                "--speed", "1000000").redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader output = process.inputReader();
        client = new Client(URI.create(output.readLine().substring("Base URL: ".length())));
        multipart = directory.resolve("multipart");
    }

    @AfterEach
    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    @Test
    void fourUploadsAtOnceAndTheirDownloadsHaveTheSameBytes() throws Exception {
        String sent = write();
        List<CompletableFuture<HttpResponse<String>>> uploads = new ArrayList<>();
        for (int count = 0; count < 4; count++) {
            uploads.add(http.sendAsync(upload(), BodyHandlers.ofString()));
        }
        for (CompletableFuture<HttpResponse<String>> upload : uploads) {
            JsonNode file = Client.json(upload.get());
            assertThat(file.get("bytes").asLong()).isBetween(195_000_000L, 209_715_200L);
            assertThat(digestOfContent(file.get("id").asText())).isEqualTo(sent);
        }
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void aBatchOfTheFileIsExecuted() throws Exception {
        write();
        JsonNode file = Client.json(http.send(upload(), BodyHandlers.ofString()));
        String id = client.createBatch(file.get("id").asText(), "/v1/chat/completions");
        JsonNode batch = client.batch(id);
        while (!batch.get("status").asText().matches("completed|failed")) {
            batch = client.batch(id);
        }
        assertThat(batch.at("/request_counts/completed").asInt()).isEqualTo(LINES);
        assertThat(process.isAlive()).isTrue();
    }

    /** Writes the multipart body; returns the digest of the file in it. */
    private String write() throws IOException, NoSuchAlgorithmException {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(multipart))) {
            out.write(Client.bytes(Client.fieldPart("purpose", "batch") + Client.filePartHead("large.jsonl")));
            for (int number = 0; number < LINES; number++) {
                byte[] line = Client.bytes(Client.chatLine("line-" + number, TEXT) + "\n");
                sha256.update(line);
                out.write(line);
            }
            out.write(Client.bytes(Client.multipartEnd()));
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private HttpRequest upload() throws IOException {
        return client.uploadRequest(BodyPublishers.ofFile(multipart)).build();
    }

    private String digestOfContent(String id) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        HttpRequest request = client.request("/files/" + id + "/content").build();
        try (InputStream body = new DigestInputStream(http.send(request, BodyHandlers.ofInputStream()).body(), sha256)) {
            body.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(sha256.digest());
    }
}
