package io.quarkiverse.openai.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainLauncher;
import io.quarkus.test.junit.main.QuarkusMainTest;

@QuarkusMainTest
class AnswersComeInInputOrderTest {

    @TempDir
    Path directory;

    @Test
    void forThePromptsThatATemplateMakes(QuarkusMainLauncher launcher) throws IOException {
        List<JsonNode> answers = run(launcher, texts("zwei", "eins"), "--prompt", "Translate \"{text}\": {text}!", "--model",
                "gpt-6.1-terra");
        assertThat(answers).extracting(answer -> answer.path("id").asText()).containsExactly("id-zwei", "id-eins");
        assertThat(answers).extracting(answer -> answer.path("text").asText())
                .containsExactly("Translate \"zwei\": zwei!", "Translate \"eins\": eins!");
    }

    @ParameterizedTest
    @ValueSource(strings = { "completions", "responses", "/v1/chat/completions" })
    void forEveryEndpointThatAnswersWithText(String endpoint, QuarkusMainLauncher launcher) throws IOException {
        assertThat(run(launcher, texts("zwei", "eins"), "--endpoint", endpoint, "--model", "m"))
                .extracting(answer -> answer.path("text").asText()).containsExactly("zwei", "eins");
    }

    @Test
    void forEmbeddings(QuarkusMainLauncher launcher) throws IOException {
        List<JsonNode> answers = run(launcher, texts("zwei", "eins", "more of the same"), "--endpoint", "embeddings");
        assertThat(answers).extracting(answer -> answer.path("embedding").size()).containsExactly(1536, 1536, 1536);
        assertThat(answers).extracting(answer -> answer.path("embedding")).doesNotHaveDuplicates();
    }

    @Test
    void forModerations(QuarkusMainLauncher launcher) throws IOException {
        assertThat(run(launcher, texts("zwei", "eins"), "--endpoint", "moderations"))
                .allSatisfy(answer -> assertThat(answer.at("/moderation/flagged").isBoolean()).isTrue());
    }

    @Test
    void forRequestsThatAreSentAsTheyAre(QuarkusMainLauncher launcher) throws IOException {
        Path requests = Files.writeString(directory.resolve("requests.jsonl"), """
                {"custom_id":"z","method":"POST","url":"/v1/completions","body":{"model":"m","prompt":"last first"}}
                {"custom_id":"a","method":"POST","url":"/v1/completions","body":{"model":"m","prompt":"\\u00e9"}}
                """);
        List<JsonNode> answers = run(launcher, requests);
        assertThat(answers).extracting(answer -> answer.path("id").asText()).containsExactly("z", "a");
        assertThat(answers).extracting(answer -> answer.path("text").asText()).containsExactly("last first", "\u00e9");
    }

    private Path texts(String... texts) throws IOException {
        return Files.write(directory.resolve("texts.jsonl"),
                Stream.of(texts).map(text -> "{\"id\":\"id-%1$s\",\"text\":\"%1$s\"}".formatted(text)).toList());
    }

    private List<JsonNode> run(QuarkusMainLauncher launcher, Path input, String... further) throws IOException {
        Path output = directory.resolve("new/answers.jsonl");
        List<String> arguments = new ArrayList<>(
                List.of("run", input.toString(), "--output", output.toString(), "--emulator"));
        arguments.addAll(List.of(further));
        LaunchResult result = launcher.launch(arguments.toArray(String[]::new));
        List<JsonNode> answers = JsonLines.read(output);
        assertThat(result.exitCode()).isZero();
        assertThat(result.getOutput()).contains("Lines      " + answers.size(), "Succeeded  " + answers.size(),
                "Failed     0", "Tokens     ", "Time       ");
        assertThat(result.getErrorOutput()).contains("finished: %1$d of %1$d lines".formatted(answers.size()));
        return answers;
    }
}
