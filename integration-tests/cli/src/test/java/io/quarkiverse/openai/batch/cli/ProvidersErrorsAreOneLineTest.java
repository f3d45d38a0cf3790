package io.quarkiverse.openai.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.openai.batch.emulator.Emulator;
import io.quarkiverse.openai.batch.emulator.EmulatorOptions;
import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainLauncher;
import io.quarkus.test.junit.main.QuarkusMainTest;

@QuarkusMainTest
class ProvidersErrorsAreOneLineTest {

    private static final String BASE_URL = "quarkus.openai-batch.base-url";
    private static final String API_KEY = "quarkus.openai-batch.api-key";

    @TempDir
    Path directory;

    @AfterEach
    void forget() {
        List.of(BASE_URL, API_KEY, "OPENAI_API_KEY").forEach(System::clearProperty);
    }

    @Test
    void whenThereIsNoKey(QuarkusMainLauncher launcher) throws IOException {
        // empty, should the machine have a key
        LaunchResult result = run(launcher, Map.of("OPENAI_API_KEY", ""));
        assertThat(error(result)).isEqualTo("Error: No API key for https://api.openai.com/v1: set "
                + "quarkus.openai-batch.api-key, or the environment variable OPENAI_API_KEY");
        assertThat(result.exitCode()).isEqualTo(2);
    }

    @Test
    void whenTheKeyIsWrong(QuarkusMainLauncher launcher) throws IOException {
        try (Emulator emulator = Emulator.start(EmulatorOptions.builder().apiKey("right").build())) {
            LaunchResult result = run(launcher,
                    Map.of(BASE_URL, emulator.baseUrl().toString(), API_KEY, "wrong-and-secret"));
            assertThat(error(result))
                    .matches("Error: Job \"texts\" is paused: (listFiles|uploadFile) at 127\\.0\\.0\\.1:" + emulator.port()
                            + " failed with status 401 invalid_api_key.*")
                    .contains("The key of client <default> comes from quarkus.openai-batch.api-key")
                    .doesNotContain("wrong-and-secret");
            assertThat(result.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void whenTheBaseUrlIsNone(QuarkusMainLauncher launcher) throws IOException {
        LaunchResult result = run(launcher, Map.of(BASE_URL, "nonsense"));
        assertThat(result.getErrorOutput()).contains("quarkus.openai-batch.base-url must be").doesNotContain("\tat ");
        assertThat(result.exitCode()).isEqualTo(2);
    }

    /** The one line that is neither of progress nor the name of the model. */
    private static String error(LaunchResult result) {
        List<String> lines = result.getErrorOutput().lines().filter(line -> !line.matches("\\w+: [\\d,]+ of .*|Model .*"))
                .toList();
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    private LaunchResult run(QuarkusMainLauncher launcher, Map<String, String> configuration) throws IOException {
        configuration.forEach(System::setProperty);
        Path input = Files.writeString(directory.resolve("texts.jsonl"), "{\"id\":1,\"text\":\"hello\"}");
        LaunchResult result = launcher.launch("run", input.toString(), "--output",
                directory.resolve("answers.jsonl").toString(), "--directory", directory.toString());
        assertThat(directory.resolve("answers.jsonl")).doesNotExist();
        return result;
    }
}
