package io.quarkiverse.openai.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainLauncher;
import io.quarkus.test.junit.main.QuarkusMainTest;

@QuarkusMainTest
class AFinishedJobIsNotPaidAgainTest {

    private final Provider provider = new Provider();

    @TempDir
    Path directory;
    private Path first;
    private Path again;

    @BeforeEach
    void paths() {
        first = directory.resolve("first.jsonl");
        again = directory.resolve("again.jsonl");
    }

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void byTheSameCommand(QuarkusMainLauncher launcher) throws IOException {
        assertThat(run(launcher, first).exitCode()).isZero();
        LaunchResult result = run(launcher, again);
        assertThat(result.exitCode()).isZero();
        assertThat(result.getOutput()).contains("Job        texts, finished", "Succeeded  2", "Answers    " + again);
        assertThat(again).hasSameTextualContentAs(first);
        assertThat(provider.emulator.ledger().summary().paid()).isEqualTo(2);
        assertThat(provider.emulator.batches()).hasSize(1);
    }

    @Test
    void norIsAKeyNeededForItsAnswers(QuarkusMainLauncher launcher) throws IOException {
        run(launcher, first);
        provider.forget();
        LaunchResult result = launcher.launch("results", "texts", "--force", "--output", again.toString(), "--directory",
                directory.toString());
        assertThat(result.exitCode()).isZero();
        assertThat(result.getOutput()).contains("2 of 2 lines");
        assertThat(again).hasSameTextualContentAs(first);
    }

    private LaunchResult run(QuarkusMainLauncher launcher, Path output) throws IOException {
        Path texts = Files.writeString(directory.resolve("texts.jsonl"),
                "{\"id\":\"b\",\"text\":\"one\"}\n{\"id\":\"a\",\"text\":\"two\"}\n");
        return launcher.launch("run", texts.toString(), "--force", "--output", output.toString(), "--directory",
                directory.toString());
    }
}
