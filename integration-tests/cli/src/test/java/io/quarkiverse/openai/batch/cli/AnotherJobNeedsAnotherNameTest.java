package io.quarkiverse.openai.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainLauncher;
import io.quarkus.test.junit.main.QuarkusMainTest;

@QuarkusMainTest
class AnotherJobNeedsAnotherNameTest {

    private static final String LINE = "{\"id\":\"a\",\"text\":\"one\"}\n";

    private final Provider provider = new Provider();

    @TempDir
    Path directory;
    private Path texts;

    @BeforeEach
    void input() throws IOException {
        texts = Files.writeString(directory.resolve("texts.jsonl"), LINE);
    }

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void ifTheInputIsAnother(QuarkusMainLauncher launcher) throws IOException {
        assertThat(run(launcher).exitCode()).isZero();
        Files.writeString(texts, LINE.replace("one", "two"));
        assertRefused(run(launcher));
    }

    @Test
    void ifSomethingElseIsAsked(QuarkusMainLauncher launcher) {
        assertThat(run(launcher).exitCode()).isZero();
        assertRefused(run(launcher, "--model", "gpt-6.1-terra"));
        assertRefused(run(launcher, "--prompt", "Translate: {text}"));
        assertRefused(run(launcher, "--endpoint", "responses"));
    }

    @Test
    void andWithOneItRuns(QuarkusMainLauncher launcher) throws IOException {
        run(launcher);
        LaunchResult result = run(launcher, "--prompt", "Translate: {text}", "--job", "translation");
        assertThat(result.exitCode()).isZero();
        assertThat(result.getOutput()).contains("Job        translation, finished");
        assertThat(JsonLines.read(directory.resolve("out.jsonl")).get(0).path("text").asText()).isEqualTo("Translate: one");
        assertThat(provider.emulator.ledger().summary().paid()).isEqualTo(2);
    }

    private void assertRefused(LaunchResult result) {
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.getErrorOutput().lines()).singleElement().asString().startsWith("Error: There is a job texts already")
                .contains("--job");
        assertThat(provider.emulator.batches()).hasSize(1);
    }

    private LaunchResult run(QuarkusMainLauncher launcher, String... further) {
        List<String> command = List.of("run", texts.toString(), "--force", "--output",
                directory.resolve("out.jsonl").toString(),
                "--directory", directory.toString());
        return launcher.launch(Stream.concat(command.stream(), Stream.of(further)).toArray(String[]::new));
    }
}
