package io.quarkiverse.openai.batch.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.openai.batch.emulator.Emulator;
import io.quarkiverse.openai.batch.emulator.EmulatorOptions;
import io.quarkiverse.openai.batch.endurance.process.HandlerOptions;
import io.quarkiverse.openai.batch.endurance.process.JobFork;
import io.quarkiverse.openai.batch.endurance.process.JobProcess;
import io.quarkiverse.openai.batch.endurance.process.ProcessOptions;

/** Twice, in the middle of chunks. */
class AHandlerMayHaltTheProcessIT {

    private static final int LINES = 1000;
    private static final int AGAIN = 100;
    private static final int CHUNKS_AT_ONCE = 4;
    private static final double PACE = 10_000;

    private final Set<String> handled = new HashSet<>();
    private int lines;
    private Path directory;

    @BeforeEach
    void directory() throws IOException {
        directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "handler-");
    }

    @ParameterizedTest
    @CsvSource({ "lines, before, 450, 333", "lines, after, 450, 333", "lists, before, 450, 350", "lists, after, 450, 350" })
    void andEachLineIsHandledAndAHundredAgainAtMost(String handler, String when, int first, int second) throws IOException {
        int point = when.equals("before") ? -1 : 0;
        run(handler, LINES, List.of(first * 2 + point, second * 2 + point), "halted " + when + " handling");
    }

    @ParameterizedTest
    @ValueSource(strings = { "lines", "lists" })
    void alsoOfSeveralBatchesAtATime(String handler) throws IOException {
        run(handler, 200, List.of(900, 666), "halted ");
    }

    private void run(String handler, int linesAChunk, List<Integer> points, String said) throws IOException {
        boolean inLists = handler.equals("lists");
        try (Emulator emulator = Emulator.start(EmulatorOptions.builder().speed(PACE).build())) {
            ProcessOptions options = ProcessOptions.of(emulator.baseUrl().toString(), directory, LINES, linesAChunk)
                    .with("handled", true);
            for (int point : points) {
                try (JobFork fork = fork(options, new HandlerOptions(inLists, point))) {
                    assertThat(fork.said()).startsWith(said);
                }
                assertAHundredAgainAtMost(linesAChunk);
            }
            try (JobFork fork = fork(options, new HandlerOptions(inLists, 0))) {
                assertThat(fork.said()).startsWith("ended");
                fork.goOn();
            }
            assertAHundredAgainAtMost(linesAChunk);
            assertThat(handled).containsExactlyInAnyOrderElementsOf(
                    IntStream.range(0, LINES).mapToObj(n -> "line-" + n + " SUCCEEDED").toList());
            assertThat(emulator.ledger().paidMoreThanOnce(1)).isEmpty();
        }
    }

    private JobFork fork(ProcessOptions options, HandlerOptions handler) throws IOException {
        return new JobFork(Path.of("target", "quarkus-app", "quarkus-run.jar"), "64m", options, handler,
                directory.resolve("log").toFile(), Duration.ofMinutes(2));
    }

    /** Of the lines of a chunk that a process was given, those that an earlier one was given too. */
    private void assertAHundredAgainAtMost(int linesAChunk) throws IOException {
        int chunksAtOnce = Math.min(CHUNKS_AT_ONCE, LINES / linesAChunk);
        List<String> all = Files.readAllLines(directory.resolve(JobProcess.HANDLED));
        List<String> added = all.subList(lines, all.size());
        lines = all.size();
        assertThat(added).as("handled by one process").doesNotHaveDuplicates();
        assertThat(added).as("handled again").filteredOn(handled::contains).hasSizeLessThanOrEqualTo(AGAIN * chunksAtOnce);
        handled.addAll(added);
    }
}
