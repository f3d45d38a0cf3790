package io.quarkiverse.openai.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainLauncher;
import io.quarkus.test.junit.main.QuarkusMainTest;

@QuarkusMainTest
class BadInputIsNamedTest {

    private static final String TEXT = "{\"id\":\"a\",\"text\":\"one\"}\n";
    private static final String REQUEST = """
            {"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"m"}}
            """;

    @TempDir
    Path directory;

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of("in.jsonl: has no line", " \n\n"),
                Arguments.of("in.jsonl:1: neither a request (custom_id, method, url, body) nor a text (id, text)", "{}"),
                Arguments.of("in.jsonl:2: not JSON", TEXT + "{\"id\":"),
                Arguments.of("in.jsonl:3: not JSON", TEXT + "\n" + TEXT.replace("\"a\"", "b")),
                Arguments.of("in.jsonl:2: not a JSON object", TEXT + "[]"),
                Arguments.of("in.jsonl:2: an earlier line has the same id", TEXT + TEXT),
                Arguments.of("in.jsonl:2: \"id\" must be a text that is not empty", TEXT + "{\"text\":\"two\"}"),
                Arguments.of("in.jsonl:2: \"text\" must be a text that is not empty", TEXT + "{\"id\":\"b\",\"text\":{}}"),
                Arguments.of("in.jsonl:2: \"id\" has half of a surrogate pair", TEXT + TEXT.replace("\"a\"", "\"\\ud800\"")),
                Arguments.of("in.jsonl:2: \"text\" has half of a surrogate pair",
                        TEXT + TEXT.replace("\"a\"", "\"b\"").replace("one", "\\udc00")),
                Arguments.of("in.jsonl:2: a text has half of a surrogate pair",
                        REQUEST + REQUEST.replace("\"a\"", "\"\\ud800\"")),
                Arguments.of("in.jsonl:2: custom_id is that of an earlier request", REQUEST + REQUEST),
                Arguments.of("in.jsonl:2: ", REQUEST + REQUEST.replace("POST", "GET")),
                Arguments.of("in.jsonl:2: url", REQUEST + REQUEST.replace("\"a\"", "\"b\"").replace("chat/", "")),
                Arguments.of("in.jsonl:2: ", REQUEST + "\n" + REQUEST),
                Arguments.of("in.jsonl:1: body", REQUEST.replace("{\"model\":\"m\"}", "7")));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void byFileAndLine(String message, String input, QuarkusMainLauncher launcher) throws IOException {
        assertRefused(message, input.getBytes(StandardCharsets.UTF_8), launcher);
    }

    @Test
    void whenItIsNotUtf8(QuarkusMainLauncher launcher) throws IOException {
        assertRefused("in.jsonl:1: not UTF-8", TEXT.getBytes(StandardCharsets.UTF_16LE), launcher);
        assertRefused("in.jsonl:2: not UTF-8",
                (TEXT + "{\"id\":\"\u00e9\",\"text\":\"b\"}").getBytes(StandardCharsets.ISO_8859_1),
                launcher);
    }

    @Test
    void whenRequestsAreToHaveAnotherModel(QuarkusMainLauncher launcher) throws IOException {
        assertRefused("in.jsonl has requests, which have a model and a prompt of their own",
                REQUEST.getBytes(StandardCharsets.UTF_8), launcher, "--model", "m");
    }

    @Test
    void whenRequestsAreForAnotherEndpoint(QuarkusMainLauncher launcher) throws IOException {
        assertRefused("in.jsonl:1: url is not the endpoint /v1/responses", REQUEST.getBytes(StandardCharsets.UTF_8), launcher,
                "--endpoint", "responses");
    }

    @Test
    void whenTextsAreToGoToAnEndpointWithoutPrompts(QuarkusMainLauncher launcher) throws IOException {
        assertRefused("Lines of id and text can go to /v1/chat/completions, ", TEXT.getBytes(StandardCharsets.UTF_8), launcher,
                "--endpoint", "images/generations");
    }

    @Test
    void whenTheEndpointHasNoDefaultModel(QuarkusMainLauncher launcher) throws IOException {
        assertRefused("No default model exists for /v1/completions; name one with --model",
                TEXT.getBytes(StandardCharsets.UTF_8), launcher, "--endpoint", "completions");
    }

    private void assertRefused(String message, byte[] input, QuarkusMainLauncher launcher, String... further)
            throws IOException {
        Path file = Files.write(directory.resolve("in.jsonl"), input);
        Path output = directory.resolve("out.jsonl");
        LaunchResult result = launcher.launch(Stream.concat(
                Stream.of("run", file.toString(), "--output", output.toString(), "--emulator"), Stream.of(further))
                .toArray(String[]::new));
        assertThat(result.getErrorOutput()).contains("Error: " + message).doesNotContain("\tat ");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(output).doesNotExist();
    }
}
