package io.quarkiverse.openai.batch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.openai.batch.benchmarks.data.Prompts;
import io.quarkiverse.openai.batch.benchmarks.openaijava.OpenAiJavaRequests;
import io.quarkiverse.openai.batch.benchmarks.ours.RequestsOfJsonl;
import io.quarkiverse.openai.batch.benchmarks.simpleopenai.SimpleOpenAiRequests;
import io.quarkiverse.openai.batch.benchmarks.work.RequestWriting;

class EveryWriterWritesTheSameTest {

    private static final int LINES = 100;

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("writers")
    void inEachLine(RequestWriting writing) throws IOException {
        Path file = directory.resolve("requests.jsonl");

        writing.write(LINES, file);

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(LINES);
        for (int i = 0; i < LINES; i++) {
            assertThat(new ObjectMapper().readValue(lines.get(i), Map.class)).isEqualTo(request(i));
        }
    }

    static List<RequestWriting> writers() {
        return List.of(new RequestsOfJsonl(), new OpenAiJavaRequests(), new SimpleOpenAiRequests());
    }

    private static Map<String, Object> request(int index) {
        return Map.of("custom_id", "review-" + index, "method", "POST", "url", "/v1/chat/completions", "body",
                Map.of("model", "gpt-6-luna", "max_completion_tokens", 400, "messages",
                        List.of(Map.of("role", "system", "content", Prompts.SYSTEM),
                                Map.of("role", "user", "content", Prompts.user(index)))));
    }
}
