package io.quarkiverse.openai.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.emulator.control.BatchFailure;
import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.LineFault;
import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainLauncher;
import io.quarkus.test.junit.main.QuarkusMainTest;

@QuarkusMainTest
class FailuresAreToldTest {

    @TempDir
    Path directory;

    @Test
    void ofSomeLines(QuarkusMainLauncher launcher) throws IOException {
        Path requests = Files.writeString(directory.resolve("requests.jsonl"), """
                {"custom_id":"bad","method":"POST","url":"/v1/completions","body":{"model":"m"}}
                {"custom_id":"good","method":"POST","url":"/v1/completions","body":{"model":"m","prompt":"hello"}}
                """);
        LaunchResult result = run(launcher, requests, "--emulator");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.getOutput()).contains("Succeeded  1", "Failed     1", "Errors     400");
        List<JsonNode> answers = JsonLines.read(output());
        assertThat(answers).extracting(answer -> answer.path("id").asText()).containsExactly("bad", "good");
        assertThat(answers).extracting(answer -> answer.path("outcome").asText()).containsExactly("failed", "succeeded");
        assertThat(answers.get(0).at("/error/status").asInt()).isEqualTo(400);
        assertThat(answers.get(0).at("/error/message").asText()).contains("prompt");
    }

    @Test
    void ofTheBatch(QuarkusMainLauncher launcher) throws IOException {
        Path texts = Files.writeString(directory.resolve("texts.jsonl"), "{\"id\":1,\"text\":\"hello\"}");
        try (Provider provider = new Provider()) {
            provider.emulator.faults().add(new BatchFault().failure(BatchFailure.of("model_not_found", "Which\nmodel?")));
            LaunchResult result = run(launcher, texts, "--directory", directory.toString());
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.getErrorOutput()).contains("The provider refused batch", "model_not_found");
            assertThat(output()).doesNotExist();
        }
    }

    @Test
    void ofLinesThatAreMissingOrForeign(QuarkusMainLauncher launcher) throws IOException {
        Path texts = Files.writeString(directory.resolve("texts.jsonl"),
                "{\"id\":1,\"text\":\"one\"}\n{\"id\":2,\"text\":\"two\"}");
        try (Provider provider = new Provider()) {
            provider.emulator.faults().add(new BatchFault().shuffled()
                    .lines(LineFault.of(LineFault.Kind.FOREIGN, Set.of("1")))
                    .lines(LineFault.of(LineFault.Kind.MISSING, Set.of("2"))));
            LaunchResult result = run(launcher, texts, "--directory", directory.toString());
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.getOutput()).contains("Missing    1", "Extra      1 result lines that answer no line");
            assertThat(JsonLines.read(output())).extracting(answer -> answer.path("outcome").asText())
                    .containsExactly("succeeded", "missing");
        }
    }

    private LaunchResult run(QuarkusMainLauncher launcher, Path input, String... further) {
        return launcher.launch(Stream.concat(Stream.of("run", input.toString(), "--output", output().toString()),
                Stream.of(further)).toArray(String[]::new));
    }

    private Path output() {
        return directory.resolve("answers.jsonl");
    }
}
