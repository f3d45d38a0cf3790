package io.quarkiverse.openai.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainLauncher;
import io.quarkus.test.junit.main.QuarkusMainTest;

@QuarkusMainTest
class RealSentencesAreAnsweredTest {

    private static final Path SENTENCES = Path.of("../../data/sotu-sentences.jsonl");

    @TempDir
    Path directory;

    @Test
    void lineByLine(QuarkusMainLauncher launcher) throws IOException {
        Path output = directory.resolve("answers.jsonl");
        LaunchResult result = launcher.launch("run", SENTENCES.toString(), "--emulator", "--output", output.toString());
        assertThat(result.exitCode()).isZero();

        List<JsonNode> sentences = JsonLines.read(SENTENCES);
        List<JsonNode> answers = JsonLines.read(output);
        assertThat(sentences).hasSizeGreaterThan(5_000);
        assertThat(answers).hasSameSizeAs(sentences);
        for (int i = 0; i < sentences.size(); i++) {
            JsonNode sentence = sentences.get(i);
            JsonNode answer = answers.get(i);
            assertThat(answer.path("id")).as("id of line %d", i + 1).isEqualTo(sentence.path("id"));
            assertThat(answer.path("text")).as("answer to line %d", i + 1).isEqualTo(sentence.path("text"));
            assertThat(answer.path("outcome").asText()).as("outcome of line %d", i + 1).isEqualTo("succeeded");
        }
    }
}
