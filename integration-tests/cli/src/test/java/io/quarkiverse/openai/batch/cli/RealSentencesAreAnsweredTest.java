package io.quarkiverse.openai.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainLauncher;
import io.quarkus.test.junit.main.QuarkusMainTest;

@QuarkusMainTest
class RealSentencesAreAnsweredTest {

    static final Path ALL = Path.of("../../data/sotu-sentences.jsonl");

    @TempDir
    Path directory;

    @Test
    void lineByLine(QuarkusMainLauncher launcher) throws IOException {
        Path input = sentences();
        Path output = directory.resolve("answers.jsonl");
        LaunchResult result = launcher.launch("run", input.toString(), "--emulator", "--output", output.toString());
        assertThat(result.exitCode()).isZero();
        assertThat(result.getOutput()).contains("Batches    " + batches());

        List<JsonNode> sentences = JsonLines.read(input);
        List<JsonNode> answers = JsonLines.read(output);
        assertThat(answers).hasSameSizeAs(sentences);
        assertThat(answers.stream().map(answer -> answer.path("id")).distinct()).hasSameSizeAs(sentences);
        for (int i = 0; i < sentences.size(); i++) {
            JsonNode sentence = sentences.get(i);
            JsonNode answer = answers.get(i);
            assertThat(answer.path("id")).as("id of line %d", i + 1).isEqualTo(sentence.path("id"));
            assertThat(answer.path("text")).as("answer to line %d", i + 1).isEqualTo(sentence.path("text"));
            assertThat(answer.path("outcome").asText()).as("outcome of line %d", i + 1).isEqualTo("succeeded");
        }
    }

    /** The first ones. */
    Path sentences() throws IOException {
        try (Stream<String> lines = Files.lines(ALL)) {
            return Files.write(directory.resolve("first-sentences.jsonl"), lines.limit(2_000).toList());
        }
    }

    int batches() {
        return 1;
    }
}
