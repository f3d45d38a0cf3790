package io.quarkiverse.openai.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.BatchFault.Stop;
import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;
import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainLauncher;
import io.quarkus.test.junit.main.QuarkusMainTest;

/** It has created a batch, and then the provider refuses the key. */
@QuarkusMainTest
class AJobThatHasStoppedTest {

    private final Provider provider = new Provider();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void saysWhyAndWhatToDo(QuarkusMainLauncher launcher) throws IOException {
        LaunchResult result = runUntilItStops(launcher);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.getErrorOutput().lines().reduce((line, last) -> last)).hasValueSatisfying(
                last -> assertThat(last).startsWith("Error: Job \"texts\" is paused: ").contains("401")
                        .endsWith("The same command resumes it"));
        assertThat(output()).doesNotExist();
    }

    @Test
    void goesOnWithTheSameCommand(QuarkusMainLauncher launcher) throws IOException {
        runUntilItStops(launcher);
        provider.emulator.faults().clear();
        assertThat(run(launcher).exitCode()).isZero();
        assertThat(JsonLines.read(output())).hasSize(10);
        assertThat(provider.emulator.ledger().summary().paid()).isEqualTo(10);
        assertThat(provider.emulator.batches()).hasSize(1);
    }

    @Test
    void isListedAndShownWithoutStartingIt(QuarkusMainLauncher launcher) throws IOException {
        runUntilItStops(launcher);
        provider.emulator.requests().clear();
        assertThat(at(launcher, "list").getOutput()).containsPattern("texts +paused +10 +0 +1 +20");
        assertThat(at(launcher, "show", "texts").getOutput()).contains("Job        texts, paused", "Reason     ", "401",
                "Lines      10", "Succeeded  0", "Paid       0 lines", "Batches    1", "Created    20");
        assertThat(at(launcher, "results", "texts", "--force", "--output", output().toString()).getOutput())
                .contains("0 of 10 lines");
        assertThat(output()).isEmptyFile();
        assertThat(provider.emulator.requests().list()).isEmpty();
    }

    @Test
    void isCancelledAndItsAnswersCollected(QuarkusMainLauncher launcher) throws IOException {
        provider.emulator.faults().add(new BatchFault().stopAfter(0.5, Stop.HANG));
        runUntilItStops(launcher);
        Awaitility.await("half is done").until(() -> provider.emulator.ledger().summary().paid() == 5);
        provider.emulator.faults().clear();

        LaunchResult cancel = at(launcher, "cancel", "texts");
        assertThat(cancel.exitCode()).isZero();
        assertThat(cancel.getOutput()).contains("Job        texts, cancelled", "Succeeded  5", "Cancelled  5");
        assertThat(provider.emulator.batches()).extracting(batch -> batch.path("status").asText())
                .containsExactly("cancelled");
        assertThat(at(launcher, "results", "texts", "--force", "--output", output().toString()).exitCode()).isZero();
        List<JsonNode> answers = JsonLines.read(output());
        assertThat(answers).extracting(answer -> answer.path("id").asText())
                .containsExactlyElementsOf(IntStream.range(0, 10).mapToObj(Integer::toString).toList());
        assertThat(answers).extracting(answer -> answer.path("outcome").asText()).containsOnly("succeeded", "cancelled");
    }

    @Test
    void isLeftAloneWhileAnotherProcessHasIt(QuarkusMainLauncher launcher) throws IOException {
        runUntilItStops(launcher);
        try (FileChannel lockFile = FileChannel.open(directory.resolve("texts").resolve("lock"), StandardOpenOption.WRITE)) {
            lockFile.lock();
            for (LaunchResult result : List.of(run(launcher), at(launcher, "cancel", "texts"))) {
                assertThat(result.getErrorOutput().lines()).singleElement().asString()
                        .startsWith("Error: Another process runs job texts");
                assertThat(result.exitCode()).isEqualTo(1);
            }
            assertThat(at(launcher, "show", "texts").exitCode()).isZero();
            assertThat(at(launcher, "results", "texts", "--force", "--output", output().toString()).exitCode()).isZero();
        }
    }

    @Test
    void isAskedForByItsName(QuarkusMainLauncher launcher) throws IOException {
        runUntilItStops(launcher);
        for (String command : List.of("show", "cancel")) {
            LaunchResult result = at(launcher, command, "text");
            assertThat(result.getErrorOutput().lines())
                    .containsExactly("Error: There is no job text in " + directory + "; there are texts");
            assertThat(result.exitCode()).isEqualTo(2);
        }
        assertThat(directory.resolve("text")).doesNotExist();
    }

    private LaunchResult runUntilItStops(QuarkusMainLauncher launcher) throws IOException {
        // the listing is read once before the batch is created
        provider.emulator.faults().add(RequestFault.on(Operation.LIST_BATCHES).status(401).always().skip(1));
        return run(launcher);
    }

    private LaunchResult run(QuarkusMainLauncher launcher) throws IOException {
        Path texts = Files.write(directory.resolve("texts.jsonl"),
                IntStream.range(0, 10).mapToObj("{\"id\":\"%1$d\",\"text\":\"%1$d\"}"::formatted).toList());
        return at(launcher, "run", texts.toString(), "--force", "--output", output().toString());
    }

    private LaunchResult at(QuarkusMainLauncher launcher, String... command) {
        return launcher.launch(Stream.concat(Stream.of(command), Stream.of("--directory", directory.toString()))
                .toArray(String[]::new));
    }

    private Path output() {
        return directory.resolve("answers.jsonl");
    }
}
