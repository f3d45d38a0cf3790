package io.quarkiverse.openai.batch.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomesAreThoseOfTheResultsTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = { "openai-error-lines.jsonl", "openai-output-chat.jsonl",
            "openai-output-embeddings-truncated-vector.jsonl" })
    void ofEachSample(String sample) throws URISyntaxException {
        assertSame(Path.of(getClass().getResource("/jsonl/" + sample).toURI()));
    }

    @Test
    void alsoOfLinesWithAnErrorInTheBodyWithEscapesAndOfNone() throws IOException {
        assertSame(Files.write(directory.resolve("results.jsonl"), List.of(
                "{\"custom_id\":\"a\",\"response\":{\"status_code\":200,\"body\":{\"choices\":[{\"message\":{\"content\":"
                        + "\"\\ud83d\\ude00 {\\\"usage\\\":1}\"}}],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2}}}}",
                "{\"custom_id\":\"\\ud83d\\ude00\",\"response\":{\"status_code\":500,\"body\":{\"data\":7,\"error\":{\"code\":\"c\"}}}}",
                "{\"custom_id\":\"b\",\"response\":{\"status_code\":200,\"body\":{\"output\":[{}],\"results\":{}}},\"x\":[{}]}",
                "{\"custom_id\":\"c\",\"response\":{\"status_code\":200,\"body\":{\"choices\":[", "", "nothing")));
    }

    private static void assertSame(Path file) {
        List<BatchResult> results = JsonlReader.results(file).stream().toList();
        List<BatchResult> outcomes = JsonlReader.outcomes(file).stream().toList();

        assertThat(outcomes).isNotEmpty().isEqualTo(results);
        for (int line = 0; line < results.size(); line++) {
            assertThat(outcomes.get(line).usage()).isEqualTo(results.get(line).usage());
            assertThat(outcomes.get(line).error()).isEqualTo(results.get(line).error());
            assertThat(outcomes.get(line).statusCode()).isEqualTo(results.get(line).statusCode());
            assertThat(outcomes.get(line).position()).isEqualTo(results.get(line).position());
            assertThat(outcomes.get(line).body()).isNull();
        }
    }
}
