package io.quarkiverse.openai.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

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
        Path requests = Files.writeString(directory.resolve("requests.jsonl"), """
                {"custom_id":"a","method":"POST","url":"/v1/completions","body":{"model":"m","prompt":"hello"}}
                {"custom_id":"b","method":"GET","url":"/v1/completions","body":{"model":"m","prompt":"hello"}}
                """);
        LaunchResult result = run(launcher, requests);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.getErrorOutput()).contains("The batch failed; no line was run.", "line 2: invalid_method: ");
        assertThat(output()).doesNotExist();
    }

    private LaunchResult run(QuarkusMainLauncher launcher, Path requests) {
        return launcher.launch("run", requests.toString(), "--output", output().toString(), "--emulator");
    }

    private Path output() {
        return directory.resolve("answers.jsonl");
    }
}
