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

import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.BatchFault.Stop;
import io.quarkiverse.openai.batch.emulator.control.LineFault;
import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainLauncher;
import io.quarkus.test.junit.main.QuarkusMainTest;

/** A line has a prompt of some hundred tokens, and allows an answer of a hundred; batches have ten lines. */
@QuarkusMainTest
class AJobStaysInItsLimitsTest {

    private static final int LINES = 40;
    private static final List<String> SMALL_BATCHES = List.of("quarkus.openai-batch.limits.requests",
            "quarkus.openai-batch.jobs.active-batches");
    private static final String PRICE = "m=0/10000";

    private final Provider provider = new Provider();

    @TempDir
    Path directory;

    @BeforeEach
    void smallBatches() {
        System.setProperty(SMALL_BATCHES.get(0), "10");
        System.setProperty(SMALL_BATCHES.get(1), "1");
    }

    @AfterEach
    void close() {
        SMALL_BATCHES.forEach(System::clearProperty);
        provider.close();
    }

    @Test
    void ofCostAndSendsNothingIfItIsExpectedToCostMore(QuarkusMainLauncher launcher) throws IOException {
        LaunchResult result = run(launcher, "--max-cost", "39.5", "--price", PRICE);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(error(result)).startsWith("Error: Job \"requests\" is paused: The job is expected to use ")
                .contains("for 40", "money for 39.5", "cancel it. The command resume requests resumes it");
        assertThat(provider.emulator.requests().count(Operation.CREATE_FILE)).isZero();

        LaunchResult allowed = run(launcher, "--max-cost", "41", "--price", PRICE);
        assertThat(allowed.exitCode()).isZero();
        assertThat(allowed.getOutput()).contains("Succeeded  40", "Cost  ");
    }

    @Test
    void andStopsInTheMiddleIfItWasLetGoOn(QuarkusMainLauncher launcher) throws IOException {
        for (int i = 0; i < 2; i++) {
            assertThat(error(run(launcher, "--max-tokens", "5000"))).endsWith("The command resume requests resumes it");
        }
        LaunchResult result = at(launcher, "resume", "requests");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.getOutput()).contains("Job        requests, cancelled", "Reason     The job has used ",
                "may use, 5000 tokens. What was not sent is cancelled");
        List<String> outcomes = outcomes();
        assertThat(outcomes).hasSize(LINES).containsOnly("succeeded", "cancelled").contains("succeeded", "cancelled");
        assertThat(provider.emulator.ledger().summary().paid()).isLessThan(LINES);
    }

    @Test
    void whichNeedPrices(QuarkusMainLauncher launcher) throws IOException {
        assertThat(error(run(launcher, "--max-cost", "100"))).contains("the price of m is not known", "jobs.prices");
        assertThat(run(launcher, "--max-cost", "100", "--price", PRICE).exitCode()).isZero();
    }

    @Test
    void ofACanaryWhoseFailureIsToldWithWhatToDo(QuarkusMainLauncher launcher) throws IOException {
        provider.emulator.faults().add(new BatchFault().lines(LineFault.failing(1.0, 400, "invalid_value")));
        LaunchResult result = run(launcher, "--canary", "3");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(error(result))
                .startsWith("Error: Job \"requests\" is paused: Of the 3 lines that were tried first, 3 failed")
                .contains("400 invalid_value", "Fix the source", "cancel it. The command resume requests resumes it");
        assertThat(directory.resolve("answers.jsonl")).doesNotExist();
        assertThat(provider.emulator.batches()).hasSize(1);
    }

    @Test
    void andAfterwardsItsMendedInputBeginsAnew(QuarkusMainLauncher launcher) throws IOException {
        provider.emulator.faults().add(new BatchFault().lines(LineFault.failing(1.0, 400, "invalid_value")));
        run(launcher, "--canary", "3");
        LaunchResult result = at(launcher, "run", input("mended-").toString(), "--canary", "3");
        assertThat(result.exitCode()).isZero();
        assertThat(JsonLines.read(directory.resolve("answers.jsonl"))).hasSize(LINES)
                .allSatisfy(answer -> assertThat(answer.path("id").asText()).startsWith("mended-"));
    }

    @Test
    void ofTime(QuarkusMainLauncher launcher) throws IOException {
        provider.emulator.faults().add(new BatchFault().stopAfter(0.5, Stop.HANG).always());
        LaunchResult result = run(launcher, "--deadline", "PT2S");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.getOutput()).contains("Job        requests, cancelled", "Reason     Its deadline, ");
        assertThat(outcomes()).hasSize(LINES).contains("cancelled");
    }

    @Test
    void andItsBatchesBearItsTags(QuarkusMainLauncher launcher) throws IOException {
        assertThat(run(launcher, "--tag", "team=search", "--tag", "run=7").exitCode()).isZero();
        assertThat(provider.emulator.batches()).hasSize(4).allSatisfy(batch -> {
            assertThat(batch.at("/metadata/team").asText()).isEqualTo("search");
            assertThat(batch.at("/metadata/run").asText()).isEqualTo("7");
        });
        assertThat(run(launcher, "--tag", "run=7", "--tag", "team=search").exitCode()).isZero();
        assertThat(provider.emulator.batches()).hasSize(4);
    }

    @Test
    void whichOneThatHasEndedDoesNotChange(QuarkusMainLauncher launcher) throws IOException {
        run(launcher, "--deadline", "6h");
        assertThat(run(launcher, "--deadline", "6h").exitCode()).isZero();
        LaunchResult result = run(launcher, "--max-tokens", "100000");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(error(result)).startsWith("Error: There is a job requests already").contains("--job");
        assertThat(provider.emulator.ledger().summary().paid()).isEqualTo(LINES);
    }

    private LaunchResult run(QuarkusMainLauncher launcher, String... further) throws IOException {
        return at(launcher, "run", input("").toString(), further);
    }

    private LaunchResult at(QuarkusMainLauncher launcher, String verb, String what, String... further) {
        List<String> command = List.of(verb, what, "--force", "--output", directory.resolve("answers.jsonl").toString(),
                "--directory", directory.toString());
        return launcher.launch(Stream.concat(command.stream(), Stream.of(further)).toArray(String[]::new));
    }

    private Path input(String prefix) throws IOException {
        return Files.write(directory.resolve("requests.jsonl"), IntStream.range(0, LINES).mapToObj(line -> """
                {"custom_id":"%s%d","method":"POST","url":"/v1/chat/completions","body":{"model":"m","max_tokens":100,\
                "messages":[{"role":"user","content":"%s"}]}}""".formatted(prefix, line,
                "four".repeat(100))).toList());
    }

    private List<String> outcomes() throws IOException {
        return JsonLines.read(directory.resolve("answers.jsonl")).stream().map(answer -> answer.path("outcome").asText())
                .toList();
    }

    /** The last line, as progress comes before it. */
    private static String error(LaunchResult result) {
        return result.getErrorOutput().lines().reduce((line, last) -> last).orElse("");
    }
}
