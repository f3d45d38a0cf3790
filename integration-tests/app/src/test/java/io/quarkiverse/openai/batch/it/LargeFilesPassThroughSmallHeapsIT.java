package io.quarkiverse.openai.batch.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.model.FileObject;

/** 200 MB up and down, through an application and an emulator of 64 MB of heap each. */
class LargeFilesPassThroughSmallHeapsIT {

    private static final List<String> SMALL_HEAP = List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError");
    private static final long BYTES = 200_000_000;
    private static final String TEXT = "The punctuality of the former in discharging their engagements has been exemplary. "
            .repeat(48);

    private final HttpClient http = HttpClient.newBuilder().version(Version.HTTP_1_1).build();

    @TempDir
    Path directory;

    @Test
    void andStayTheSame() throws Exception {
        Path file = Requests.write(directory, Stream.iterate(1, n -> n + 1).limit(49_500)
                .map(n -> BatchRequest.chat("sentence-" + n, "gpt-6-luna", n + ": " + TEXT)));
        assertThat(file).satisfies(written -> assertThat(Files.size(written)).isGreaterThan(BYTES));
        String sha256 = sha256(Files.newInputStream(file));
        Path stored = Files.createDirectory(directory.resolve("stored"));

        try (ForkedJava emulator = ForkedJava.start("Base URL: (.*)", SMALL_HEAP,
                Path.of(System.getProperty("emulator.jar")), "--dir", stored.toString());
                ForkedJava application = startApplication(emulator.address())) {
            String base = application.address();

            FileObject uploaded = upload(base, file);
            assertThat(uploaded.bytes()).isEqualTo(Files.size(file));
            assertThat(sha256(Files.newInputStream(largestIn(stored)))).isEqualTo(sha256);

            HttpResponse<InputStream> content = http.send(HttpRequest
                    .newBuilder(URI.create(base + "/files/" + uploaded.id() + "/content")).build(),
                    BodyHandlers.ofInputStream());
            assertThat(content.statusCode()).isEqualTo(200);
            assertThat(sha256(content.body())).isEqualTo(sha256);
            assertThat(emulator.isAlive() && application.isAlive()).isTrue();
        }
    }

    private static ForkedJava startApplication(String emulator) throws IOException {
        List<String> arguments = Stream.concat(SMALL_HEAP.stream(), Stream.of(
                "-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=0", "-Dquarkus.http.limits.max-body-size=300M",
                "-Dquarkus.openai-batch.base-url=" + emulator, "-Dquarkus.openai-batch.api-key=any")).toList();
        return ForkedJava.start("Listening on: (http://\\S+)", arguments, Path.of(System.getProperty("application.jar")));
    }

    private FileObject upload(String base, Path file) throws IOException, InterruptedException {
        String boundary = "a-boundary";
        BodyPublisher form = BodyPublishers.concat(
                BodyPublishers.ofString("""
                        --%s\r
                        Content-Disposition: form-data; name="file"; filename="large.jsonl"\r
                        Content-Type: application/jsonl\r
                        \r
                        """.formatted(boundary)),
                BodyPublishers.ofFile(file),
                BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
        HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create(base + "/files"))
                .header("Content-Type", "multipart/form-data; boundary=" + boundary).POST(form).build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readValue(answer.body(), FileObject.class);
    }

    private static Path largestIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
                    .orElseThrow();
        }
    }

    private static String sha256(InputStream content) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(content, digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
