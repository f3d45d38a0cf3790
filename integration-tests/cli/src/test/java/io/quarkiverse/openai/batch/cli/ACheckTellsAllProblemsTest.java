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
        LaunchResult result = launcher.launch("check", input.toString());
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.getErrorOutput()).contains("in.jsonl:2:", "POST", "unique", "stream", "in.jsonl:3:");
        assertThat(result.getOutput()).contains("Lines      3");
    }

    @Test
    void butNotThatRequestsLeaveTheirEndpointToTheBatch(QuarkusMainLauncher launcher) throws IOException {
        Path input = Files.writeString(directory.resolve("in.jsonl"),
                GOOD.replace("\"method\":\"POST\",\"url\":\"/v1/chat/completions\",", ""));
        assertThat(launcher.launch("check", input.toString()).exitCode()).isEqualTo(2);
        assertThat(launcher.launch("check", input.toString(), "--endpoint", "chat/completions").exitCode()).isZero();
    }

    @Test
    void ofTextsWithTheirPrompt(QuarkusMainLauncher launcher) throws IOException {
        Path input = Files.writeString(directory.resolve("in.jsonl"), "{\"id\":\"1\",\"text\":\"one\"}\n");
        LaunchResult result = launcher.launch("check", input.toString(), "--prompt", "Translate: {text}");
        assertThat(result.exitCode()).isZero();
        assertThat(result.getOutput()).contains("Lines      1", "Problems   0");
    }

    @Test
    void butNotThatTheyNeedMoreThanOneBatch(QuarkusMainLauncher launcher) throws IOException {
        String other = GOOD.replace("\"a\"", "\"b\"").replace("\"m\"", "\"another model\"");
        Path input = Files.writeString(directory.resolve("in.jsonl"), GOOD + other);
        assertThat(launcher.launch("check", input.toString()).exitCode()).isZero();
    }

    @Test
    void andWithoutAnyWhatItIsExpectedToUse(QuarkusMainLauncher launcher) throws IOException {
        String limited = GOOD.replace("\"a\"", "\"b\"").replace("\"model\":\"m\"", "\"model\":\"n\",\"max_tokens\":500");
        Path input = Files.writeString(directory.resolve("in.jsonl"), GOOD + limited);
        LaunchResult result = launcher.launch("check", input.toString(), "--price", "m=1000/2000", "--price", "n=0/10000");
        assertThat(result.exitCode()).isZero();
        assertThat(result.getOutput().lines()).containsSubsequence("Lines      2",
                "Bytes      " + Files.size(input),
                // of each prompt: one, and four around it
                "Tokens     515 (10 in, 505 out), estimated",
                "Cost       5.02, estimated", "Problems   0", "Warnings   0");
    }

    @Test
    void butNotTheCostAsLongAsAPriceIsNotKnown(QuarkusMainLauncher launcher) throws IOException {
        String other = GOOD.replace("\"a\"", "\"b\"").replace("\"m\"", "\"n\"");
        Path input = Files.writeString(directory.resolve("in.jsonl"), GOOD + other);
        assertThat(launcher.launch("check", input.toString(), "--price", "m=1/2").getOutput()).contains("Tokens  ")
                .doesNotContain("Cost");
    }

    @Test
    void atThePricesOfTheConfiguration(QuarkusMainLauncher launcher) throws IOException {
        Path input = Files.writeString(directory.resolve("in.jsonl"), GOOD);
        String price = "quarkus.openai-batch.jobs.prices.\"m\".";
        System.setProperty(price + "input", "1000000");
        System.setProperty(price + "output", "0");
        try {
            assertThat(launcher.launch("check", input.toString()).getOutput()).contains("Cost       5.00, estimated");
            assertThat(launcher.launch("check", input.toString(), "--price", "m=0/500000").getOutput())
                    .contains("Cost       2.50, estimated");
        } finally {
            System.clearProperty(price + "input");
            System.clearProperty(price + "output");
        }
    }

    @Test
    void andThatRequestsHaveAModelOfTheirOwn(QuarkusMainLauncher launcher) throws IOException {
        Path input = Files.writeString(directory.resolve("in.jsonl"), GOOD);
        LaunchResult result = launcher.launch("check", input.toString(), "--model", "m");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.getErrorOutput().lines()).singleElement().asString().contains("a model and a prompt of their own");
    }
}
