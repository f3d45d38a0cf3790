package io.quarkiverse.openai.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.emulator.Emulator;
import io.quarkiverse.openai.batch.emulator.EmulatorOptions;
import io.quarkiverse.openai.batch.emulator.control.Ledger.Summary;
import io.quarkiverse.openai.batch.emulator.control.Operation;

/** The packaged tool is stopped while its two batches run, at a provider whose time stands still unless it is moved on. */
class AnInterruptedJobGoesOnIT {

    private static final int LINES = 300;
    private static final int CTRL_C = 3;
    private static final Duration UNTIL_SOME_ARE_DONE = Duration.ofSeconds(6);
    private static final Duration UNTIL_ALL_ARE_DONE = Duration.ofMinutes(1);

    private final Emulator emulator = Emulator
            .start(EmulatorOptions.builder().speed(1).clock(InstantSource.fixed(Instant.now())).build());

    @TempDir
    Path directory;
    private Path input;
    private Path output;
    private PackagedTool tool;

    @BeforeEach
    void input() throws IOException {
        tool = new PackagedTool(emulator, directory);
        output = directory.resolve("answers.jsonl");
        try (Stream<String> sentences = Files.lines(RealSentencesAreAnsweredTest.ALL)) {
            input = Files.write(directory.resolve("sentences.jsonl"), sentences.limit(LINES).toList());
        }
    }

    @AfterEach
    void close() {
        tool.close();
        emulator.close();
    }

    @ParameterizedTest
    @CsvSource({ "INT, 130", "TERM, 143" })
    void afterItWasToldToStop(String signal, int exitCode) throws Exception {
        assumeFalse(signal.equals("INT") && PackagedTool.ignoresInterrupts());
        Process first = runUntilSomeAreDone();
        tool.signal(signal, first);
        assertThat(tool.await(first)).isEqualTo(exitCode);
        assertThat(tool.stderr().lines().filter(line -> !line.startsWith("running: ")))
                .containsExactly("Model gpt-6-luna, as no --model is given", "Stopped. The same command continues it");
        assertThat(output).doesNotExist();
        assertTheSameCommandGoesOn();
    }

    /** The bar of a terminal must leave Ctrl-C to the tool. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void afterCtrlCInATerminal() throws Exception {
        assumeFalse(PackagedTool.ignoresInterrupts());
        Process first = tool.startInTerminal("run", input.toString(), "--output", output.toString());
        Awaitility.await("its bar is shown").atMost(Duration.ofSeconds(30))
                .until(() -> emulator.batches().size() == 2 && tool.stdout().contains("0/" + LINES));
        first.getOutputStream().write(CTRL_C);
        first.getOutputStream().flush();
        assertThat(tool.await(first)).isEqualTo(130);
        assertThat(tool.stdout()).contains("Stopped. The same command continues it");
    }

    @Test
    void afterItWasKilled() throws Exception {
        Process first = runUntilSomeAreDone();
        tool.signal("KILL", first);
        assertThat(tool.await(first)).isNotZero();
        assertTheSameCommandGoesOn();
    }

    @Test
    void afterAnotherProcessPausedIt() throws Exception {
        Process first = runUntilSomeAreDone();
        assertThat(tool.run("pause", "sentences")).isZero();
        assertThat(tool.stdout()).contains("Job        sentences, paused");
        assertThat(tool.await(first)).isEqualTo(1);
        assertThat(output).doesNotExist();
        assertGoesOn("resume", "sentences");
    }

    @Test
    void andMeanwhileOthersLookOn() throws Exception {
        Process running = runUntilSomeAreDone();
        assertThat(tool.run("list")).isZero();
        assertThat(tool.stdout()).containsPattern("sentences +running +300 +0 +2 ");
        assertThat(tool.run("show", "sentences")).isZero();
        assertThat(tool.stdout()).contains("Job        sentences, running");
        assertThat(tool.run("results", "sentences", "--force", "--output", "so-far.jsonl")).isZero();
        assertThat(tool.stdout()).contains("0 of 300 lines");
        assertThat(tool.run("cancel", "sentences")).isEqualTo(1);
        assertThat(tool.stderr().lines()).singleElement().asString().startsWith("Error: Another process runs job sentences");
        assertThat(running.isAlive()).isTrue();
    }

    private Process runUntilSomeAreDone() throws IOException {
        Process process = run();
        Awaitility.await("its batches are there").atMost(Duration.ofSeconds(30))
                .until(() -> emulator.batches().size() == 2);
        emulator.clock().advance(UNTIL_SOME_ARE_DONE);
        assertThat(emulator.ledger().summary().paid()).isBetween(1L, LINES - 1L);
        return process;
    }

    private Process run() throws IOException {
        return start("run", input.toString());
    }

    private Process start(String command, String what) throws IOException {
        return tool.start(command, what, "--force", "--output", output.toString());
    }

    private void assertTheSameCommandGoesOn() throws Exception {
        assertGoesOn("run", input.toString());
    }

    private void assertGoesOn(String command, String what) throws Exception {
        emulator.requests().clear();
        Process second = start(command, what);
        Awaitility.await("it watches the batches").atMost(Duration.ofSeconds(30))
                .until(() -> emulator.requests().count(Operation.LIST_BATCHES) > 0);
        emulator.clock().advance(UNTIL_ALL_ARE_DONE);
        assertThat(tool.await(second)).isZero();
        assertThat(emulator.ledger().summary()).isEqualTo(new Summary(LINES, LINES, 0, 0, 0));
        assertThat(emulator.batches()).hasSize(2);
        assertAnswered();
    }

    private void assertAnswered() throws IOException {
        List<JsonNode> sentences = JsonLines.read(input);
        List<JsonNode> answers = JsonLines.read(output);
        assertThat(answers).extracting(answer -> answer.path("id"))
                .containsExactlyElementsOf(sentences.stream().map(sentence -> sentence.path("id")).toList());
        assertThat(answers).extracting(answer -> answer.path("outcome").asText()).containsOnly("succeeded");
    }
}
