package io.quarkiverse.openai.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainLauncher;
import io.quarkus.test.junit.main.QuarkusMainTest;

/** Also one that no job made: here, that of an earlier process whose folder is gone. */
@QuarkusMainTest
class AnyBatchOfTheAccountIsShownTest {

    private static final String PROVIDER_FILES = "quarkus.openai-batch.jobs.provider-files";

    private final Provider provider = new Provider();

    @TempDir
    Path directory;

    private String id;

    @BeforeEach
    void aBatch(QuarkusMainLauncher launcher) throws IOException {
        System.setProperty(PROVIDER_FILES, "keep");
        Path input = Files.writeString(directory.resolve("in.jsonl"), IntStream.range(0, 3)
                .mapToObj("{\"id\":\"%1$d\",\"text\":\"Number %1$d\"}%n"::formatted).collect(Collectors.joining()));
        assertThat(launcher.launch("run", input.toString(), "-o", directory.resolve("out.jsonl").toString(), "-d",
                directory.resolve("jobs").toString()).exitCode()).isZero();
        id = provider.emulator.batches().get(0).get("id").asText();
    }

    @AfterEach
    void close() {
        System.clearProperty(PROVIDER_FILES);
        provider.close();
    }

    @Test
    void inAListAndByItsId(QuarkusMainLauncher launcher) {
        assertThat(launcher.launch("batches", "list").getOutput()).contains("BATCH", id, "completed");
        assertThat(launcher.launch("batches", "list", "--limit", "0").getOutput()).doesNotContain(id);
        assertThat(launcher.launch("batches", "get", id).getOutput()).contains("Batch      " + id + ", completed",
                "Lines      3 of 3 completed, 0 failed");
        LaunchResult watched = launcher.launch("batches", "watch", id, "--every", "1s");
        assertThat(watched.getOutput()).contains(id + " completed, 3 of 3 completed, 0 failed");
        assertThat(watched.exitCode()).isZero();
    }

    @Test
    void andItsResultsAreWritten(QuarkusMainLauncher launcher) throws IOException {
        Path output = directory.resolve("results.jsonl");
        LaunchResult result = launcher.launch("batches", "results", id, "-o", output.toString());
        assertThat(result.exitCode()).as(result.getErrorOutput()).isZero();
        assertThat(Files.readAllLines(output)).hasSize(3).anyMatch(line -> line.contains("Number 2"));
    }

    @Test
    void anUnknownOneIsAnErrorInOneLine(QuarkusMainLauncher launcher) {
        for (String command : new String[] { "get", "watch", "cancel" }) {
            LaunchResult result = launcher.launch("batches", command, "batch_none");
            assertThat(result.getErrorOutput()).contains("Error: ", "failed with status 404").containsOnlyOnce("No batch found")
                    .doesNotContain("\tat ");
            assertThat(result.exitCode()).isEqualTo(1);
        }
        assertThat(launcher.launch("batches", "watch", id, "--every", "0s").exitCode()).isEqualTo(2);
    }
}
