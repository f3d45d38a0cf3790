package io.quarkiverse.openai.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.emulator.Emulator;
import io.quarkiverse.openai.batch.emulator.EmulatorOptions;
import io.quarkiverse.openai.batch.emulator.control.BatchFailure;
import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.LineFault;
import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainLauncher;
import io.quarkus.test.junit.main.QuarkusMainTest;

@QuarkusMainTest
class FailuresAreToldTest {

    private static final String BASE_URL = "quarkus.openai-batch.base-url";
    private static final String API_KEY = "quarkus.openai-batch.api-key";

    @TempDir
    Path directory;

    @AfterEach
    void forget() {
        System.clearProperty(BASE_URL);
        System.clearProperty(API_KEY);
    }

    @Test
    void ofSomeLines(QuarkusMainLauncher launcher) throws IOException {
        Path requests = Files.writeString(directory.resolve("requests.jsonl"), """
                {"custom_id":"bad","method":"POST","url":"/v1/completions","body":{"model":"m"}}
                {"custom_id":"good","method":"POST","url":"/v1/completions","body":{"model":"m","prompt":"hello"}}
                """);
        LaunchResult result = run(launcher, requests);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.getOutput()).contains("Succeeded  1", "Failed     1");
        List<JsonNode> answers = JsonLines.read(output());
        assertThat(answers).extracting(answer -> answer.path("id").asText()).containsExactly("bad", "good");
        assertThat(answers).extracting(answer -> answer.path("outcome").asText()).containsExactly("failed", "succeeded");
        assertThat(answers.get(0).at("/error/status").asInt()).isEqualTo(400);
        assertThat(answers.get(0).at("/error/message").asText()).contains("prompt");
    }

    @Test
    void ofTheBatch(QuarkusMainLauncher launcher) throws IOException {
        Path texts = Files.writeString(directory.resolve("texts.jsonl"), "{\"id\":1,\"text\":\"hello\"}");
        try (Emulator emulator = Emulator.start(EmulatorOptions.defaults())) {
            emulator.faults().add(new BatchFault().failure(BatchFailure.of("token_limit_exceeded", "Too many\ntokens")));
            System.setProperty(BASE_URL, emulator.baseUrl().toString());
            System.setProperty(API_KEY, "any");
            LaunchResult result = launcher.launch("run", texts.toString(), "--output", output().toString());
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.getErrorOutput()).contains("The batch failed; no line was run.",
                    "token_limit_exceeded: Too many tokens");
            assertThat(output()).doesNotExist();
        }
    }

    @Test
    void ofLinesThatAreMissingOrForeign(QuarkusMainLauncher launcher) throws IOException {
        Path texts = Files.writeString(directory.resolve("texts.jsonl"),
                "{\"id\":1,\"text\":\"one\"}\n{\"id\":2,\"text\":\"two\"}");
        try (Emulator emulator = Emulator.start(EmulatorOptions.defaults())) {
            emulator.faults().add(new BatchFault().shuffled()
                    .lines(LineFault.of(LineFault.Kind.FOREIGN, Set.of("1")))
                    .lines(LineFault.of(LineFault.Kind.MISSING, Set.of("2"))));
            System.setProperty(BASE_URL, emulator.baseUrl().toString());
            System.setProperty(API_KEY, "any");
            LaunchResult result = launcher.launch("run", texts.toString(), "--output", output().toString());
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.getErrorOutput()).contains("Result lines that answer no line of the input: 1");
            assertThat(JsonLines.read(output())).extracting(answer -> answer.path("outcome").asText())
                    .containsExactly("succeeded", "missing");
        }
    }

    private LaunchResult run(QuarkusMainLauncher launcher, Path requests) {
        return launcher.launch("run", requests.toString(), "--output", output().toString(), "--emulator");
    }

    private Path output() {
        return directory.resolve("answers.jsonl");
    }
}
