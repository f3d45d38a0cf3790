package io.quarkiverse.openai.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.LineFault;
import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;
import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainLauncher;
import io.quarkus.test.junit.main.QuarkusMainTest;

/** By {@code pause}, {@code resume} and {@code rerun}, while no process runs it. */
@QuarkusMainTest
class AJobIsControlledByItsNameTest {

    private static final int LINES = 10;

    private final Provider provider = new Provider();

    @TempDir
    Path directory;
    private Path input;

    @BeforeEach
    void input() throws IOException {
        input = Files.write(directory.resolve("texts.jsonl"),
                IntStream.range(0, LINES).mapToObj("{\"id\":\"%1$d\",\"text\":\"%1$d\"}"::formatted).toList());
    }

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void aJobThatNobodyRunsIsPaused(QuarkusMainLauncher launcher) {
        provider.emulator.faults().add(RequestFault.on(Operation.LIST_BATCHES).status(401).always());
        run(launcher);
        LaunchResult pause = at(launcher, "pause", "texts");
        assertThat(pause.exitCode()).isZero();
        assertThat(pause.getOutput()).contains("Job        texts, paused");
    }

    @Test
    void aJobThatHasEndedIsNotPaused(QuarkusMainLauncher launcher) {
        run(launcher);
        LaunchResult pause = at(launcher, "pause", "texts");
        assertThat(pause.exitCode()).isEqualTo(1);
        assertThat(pause.getErrorOutput().lines()).containsExactly("Error: Job texts has ended");
        assertThat(directory.resolve("texts").resolve("pause")).doesNotExist();
    }

    @Test
    void aPausedJobIsResumedByItsName(QuarkusMainLauncher launcher) throws IOException {
        provider.emulator.faults().add(RequestFault.on(Operation.LIST_BATCHES).status(401).always());
        run(launcher);
        provider.emulator.faults().clear();
        assertThat(answering(launcher, "resume", "texts").exitCode()).isZero();
        assertAllSucceeded();
        assertThat(provider.emulator.ledger().summary().paid()).isEqualTo(LINES);
    }

    @Test
    void resumingAJobThatHasEndedWritesItsAnswersAgain(QuarkusMainLauncher launcher) throws IOException {
        run(launcher);
        Files.delete(output());
        assertThat(answering(launcher, "resume", "texts").exitCode()).isZero();
        assertAllSucceeded();
        assertThat(provider.emulator.batches()).hasSize(1);
    }

    @Test
    void linesThatFailedAreSentAgain(QuarkusMainLauncher launcher) throws IOException {
        assertThat(runWithFailures(launcher).exitCode()).isEqualTo(1);
        long failed = LINES - succeeded();
        LaunchResult rerun = answering(launcher, "rerun", "texts");
        assertThat(rerun.exitCode()).isZero();
        assertThat(rerun.getErrorOutput()).startsWith(failed + " of 10 lines are sent again");
        assertThat(rerun.getOutput()).contains("Job        texts, finished", "Succeeded  10");
        assertAllSucceeded();
        assertThat(provider.emulator.ledger().summary().paidMoreThanOnce()).isZero();
    }

    @Test
    void ofOtherOutcomesThereAreNone(QuarkusMainLauncher launcher) throws IOException {
        runWithFailures(launcher);
        LaunchResult rerun = answering(launcher, "rerun", "texts", "--outcome", "expired,Cancelled");
        assertThat(rerun.exitCode()).isEqualTo(1);
        assertThat(rerun.getErrorOutput()).startsWith("0 of 10 lines are sent again");
        assertThat(provider.emulator.batches()).hasSize(1);
    }

    @Test
    void linesThatHaveSucceededAreSentAgainOnlyIfThatIsMeant(QuarkusMainLauncher launcher) throws IOException {
        run(launcher);
        LaunchResult asked = answering(launcher, "rerun", "texts", "--outcome", "succeeded");
        assertThat(asked.exitCode()).isEqualTo(2);
        assertThat(asked.getErrorOutput()).startsWith("Lines that have succeeded would be paid a second time");
        assertThat(provider.emulator.batches()).hasSize(1);
        assertThat(answering(launcher, "rerun", "texts", "--outcome", "succeeded", "--yes").exitCode()).isZero();
        assertAllSucceeded();
        assertThat(provider.emulator.ledger().summary().paidMoreThanOnce()).isEqualTo(LINES);
    }

    @Test
    void whatSendsLinesAgainIsResumedByItsName(QuarkusMainLauncher launcher) throws IOException {
        runWithFailures(launcher);
        provider.emulator.faults().add(RequestFault.on(Operation.LIST_BATCHES).status(401).always());
        LaunchResult rerun = answering(launcher, "rerun", "texts");
        assertThat(rerun.exitCode()).isEqualTo(1);
        assertThat(last(rerun)).startsWith("Error: Job \"texts\" is paused: ").endsWith("The command resume texts resumes it");
        LaunchResult again = answering(launcher, "rerun", "texts");
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.getErrorOutput()).contains("Job \"texts\" is PAUSED", "once it has ended");
        provider.emulator.faults().clear();
        assertThat(answering(launcher, "resume", "texts").exitCode()).isZero();
        assertAllSucceeded();
    }

    @Test
    void onlyOutcomesAreTaken(QuarkusMainLauncher launcher) {
        LaunchResult rerun = answering(launcher, "rerun", "texts", "--outcome", "lost");
        assertThat(rerun.exitCode()).isEqualTo(2);
        assertThat(rerun.getErrorOutput()).contains("--outcome", "FAILED", "EXPIRED", "lost");
    }

    private LaunchResult runWithFailures(QuarkusMainLauncher launcher) {
        provider.emulator.faults().add(new BatchFault().lines(LineFault.failing(0.5, 400, "invalid_value")));
        return run(launcher);
    }

    private LaunchResult run(QuarkusMainLauncher launcher) {
        return answering(launcher, "run", input.toString());
    }

    private LaunchResult answering(QuarkusMainLauncher launcher, String... command) {
        return at(launcher, Stream.concat(Stream.of(command), Stream.of("--force", "--output", output().toString()))
                .toArray(String[]::new));
    }

    private LaunchResult at(QuarkusMainLauncher launcher, String... command) {
        return launcher.launch(Stream.concat(Stream.of(command), Stream.of("--directory", directory.toString()))
                .toArray(String[]::new));
    }

    private Path output() {
        return directory.resolve("answers.jsonl");
    }

    private long succeeded() throws IOException {
        return JsonLines.read(output()).stream().filter(answer -> answer.path("outcome").asText().equals("succeeded")).count();
    }

    private void assertAllSucceeded() throws IOException {
        List<JsonNode> answers = JsonLines.read(output());
        assertThat(answers).extracting(answer -> answer.path("id").asText())
                .containsExactlyElementsOf(IntStream.range(0, LINES).mapToObj(Integer::toString).toList());
        assertThat(succeeded()).isEqualTo(LINES);
    }

    private static String last(LaunchResult result) {
        return result.getErrorOutput().lines().reduce((line, last) -> last).orElse("");
    }
}
