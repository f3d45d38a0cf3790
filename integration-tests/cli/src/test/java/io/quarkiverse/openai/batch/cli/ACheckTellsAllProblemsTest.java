package io.quarkiverse.openai.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainLauncher;
import io.quarkus.test.junit.main.QuarkusMainTest;

@QuarkusMainTest
class ACheckTellsAllProblemsTest {

    private static final String GOOD = """
            {"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"m","messages":[{"role":"user","content":"Hi"}]}}
            """;
    private static final String BAD = """
            {"custom_id":"a","method":"GET","url":"/v1/chat/completions","body":{"model":"m","stream":true}}
            {"custom_id":
            """;

    @TempDir
    Path directory;

    @Test
    void ofRequests(QuarkusMainLauncher launcher) throws IOException {
        Path input = Files.writeString(directory.resolve("in.jsonl"), GOOD + BAD);
        LaunchResult result = launcher.launch("run", input.toString(), "--check");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.getErrorOutput()).contains("in.jsonl:2:", "POST", "unique", "stream", "in.jsonl:3:");
        assertThat(result.getOutput()).contains("Lines      3");
    }

    @Test
    void ofTextsWithTheirPrompt(QuarkusMainLauncher launcher) throws IOException {
        Path input = Files.writeString(directory.resolve("in.jsonl"), "{\"id\":\"1\",\"text\":\"one\"}\n");
        LaunchResult result = launcher.launch("run", input.toString(), "--prompt", "Translate: {text}", "--check");
        assertThat(result.exitCode()).isZero();
        assertThat(result.getOutput()).contains("Lines      1", "Problems   0");
    }

    @Test
    void butNotThatTheyNeedMoreThanOneBatch(QuarkusMainLauncher launcher) throws IOException {
        String other = GOOD.replace("\"a\"", "\"b\"").replace("\"m\"", "\"another model\"");
        Path input = Files.writeString(directory.resolve("in.jsonl"), GOOD + other);
        assertThat(launcher.launch("run", input.toString(), "--check").exitCode()).isZero();
    }

    @Test
    void notTogetherWithAnOutput(QuarkusMainLauncher launcher) throws IOException {
        Path input = Files.writeString(directory.resolve("in.jsonl"), GOOD);
        LaunchResult result = launcher.launch("run", input.toString(), "--check", "--output", "out.jsonl");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.getErrorOutput()).contains("mutually exclusive");
    }
}
