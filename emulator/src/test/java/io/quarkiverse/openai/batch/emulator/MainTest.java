package io.quarkiverse.openai.batch.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class MainTest {

    @Test
    void printsBaseUrlAndControlTokenAndServes() throws Exception {
        Process process = start("--speed=1000", "--key", "sk-test");
        try (BufferedReader output = process.inputReader()) {
            String baseUrl = output.readLine();
            assertThat(baseUrl).matches("Base URL: http://127\\.0\\.0\\.1:\\d+/v1");
            assertThat(output.readLine()).matches("Control token: [0-9a-f]{32}");
            Client client = new Client(URI.create(baseUrl.substring("Base URL: ".length())));
            assertThat(client.get("/batches").statusCode()).isEqualTo(200);
        } finally {
            process.destroy();
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void verboseShowsEachRequestWithoutBodyAndKey() throws Exception {
        Process process = start("--verbose");
        try (BufferedReader output = process.inputReader()) {
            Client client = new Client(URI.create(output.readLine().substring("Base URL: ".length())));
            output.readLine();
            client.upload("{\"secret\": \"prompt\"}\n");
            client.get("/batches?limit=3");
            client.get("/nothing");

            String time = "\\d{4}-\\d\\d-\\d\\dT\\S+Z ";
            assertThat(output.readLine()).matches(time + "POST /v1/files 200");
            assertThat(output.readLine()).matches(time + "GET /v1/batches\\?limit=3 200");
            assertThat(output.readLine()).matches(time + "GET /v1/nothing 404");
        } finally {
            process.destroy();
        }
    }

    @Test
    void beyondLoopbackThereIsNoControlToken() throws Exception {
        Process process = start("--host", "0.0.0.0", "--key", "k");
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.readLine()).startsWith("Base URL: ");
            process.toHandle().destroy();
            assertThat(output.readLine()).isNull();
        }
    }

    @Test
    void aNewWebhookSecretIsPrintedOnceAndAGivenOneNever() throws Exception {
        Process process = start("--webhook=http://127.0.0.1:9/", "--verbose");
        try (BufferedReader output = process.inputReader()) {
            Client client = new Client(URI.create(output.readLine().substring("Base URL: ".length())));
            output.readLine();
            assertThat(output.readLine()).matches("Webhook secret: whsec_[A-Za-z0-9+/]{43}=");
            client.get("/batches");
            assertThat(output.readLine()).endsWith("GET /v1/batches 200");
        } finally {
            process.destroy();
        }
        Process other = start("--webhook=http://127.0.0.1:9/", "--webhook-secret=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "--verbose");
        try (BufferedReader output = other.inputReader()) {
            Client client = new Client(URI.create(output.readLine().substring("Base URL: ".length())));
            output.readLine();
            client.get("/batches");
            assertThat(output.readLine()).endsWith("GET /v1/batches 200");
        } finally {
            other.destroy();
        }
    }

    @Test
    void wrongArgumentsEndWithExitCodeTwo() throws Exception {
        Process process = start("--speed", "fast");
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(process.errorReader().readLine()).isEqualTo("--speed must be a number, not fast");
    }

    @Test
    void aTakenPortEndsWithExitCodeOne() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process process = start("--port", Integer.toString(taken.getLocalPort()));
            assertThat(process.waitFor()).isEqualTo(1);
            // a JDK from 24 on warns of what Netty does
            assertThat(process.errorReader().lines()).contains("Cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void aDirectoryThatCannotBeMadeEndsWithExitCodeOne() throws Exception {
        Path file = Files.createTempFile("file", null);
        Process process = start("--dir", file.resolve("files").toString());
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(process.errorReader().lines()).contains("Cannot make the directory " + file.resolve("files"));
        Files.delete(file);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            --port,                  --port needs a value
            --port=x,                '--port must be a whole number, not x'
            --port=70000,            'The port must be 0 to 65535, not 70000'
            --nope,                  Unknown argument: --nope
            --speed=-1,              'The speed must be at least 0.000001, not -1.0'
            --host=0.0.0.0,          'Listening on 0.0.0.0, beyond loopback, needs a key'
            --host=,                 The host must not be blank
            --clock=sundial,         '--clock must be system or frozen, not sundial'
            --upstream=ftp://x,      'The upstream must be an http or https URL, not ftp://x'
            --webhook=ftp://x,       'The webhook URL must be an http or https URL, not ftp://x'
            --webhook=http://u:p@x,  'The webhook URL must not contain a user or a password'
            --webhook=http://u:p @x, '--webhook must be a URL, with special characters percent-encoded'
            --webhook-secret=hidden, 'The webhook secret must be whsec_ and 24 to 64 bytes in Base64'
            """)
    void wrongArgumentsSaySo(String argument, String message) {
        assertThatThrownBy(() -> Arguments.parse(new String[] { argument }, Map.of())).hasMessage(message);
    }

    @Test
    void argumentsBecomeOptions() {
        EmulatorOptions options = Arguments.parse(new String[] { "--port", "8123", "--speed=2.5", "--dir", "files",
                "--upstream=https://example.com/v1", "--seed", "-3", "--clock", "frozen" },
                Map.of("EMULATOR_KEY", "k", "EMULATOR_UPSTREAM_KEY", "u")).options();
        assertThat(options.port()).isEqualTo(8123);
        assertThat(options.speed()).isEqualTo(2.5);
        assertThat(options.directory()).contains(Path.of("files"));
        assertThat(options.upstream()).contains(URI.create("https://example.com/v1"));
        assertThat(options.seed()).isEqualTo(-3);
        assertThat(options.apiKey()).contains("k");
        assertThat(options.upstreamKey()).contains("u");
        assertThat(Duration.between(options.clock().instant(), options.clock().instant())).isZero();
        assertThat(Arguments.parse(new String[] { "--help", "--nope" }, Map.of()).help()).isTrue();
    }

    private static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }
}
