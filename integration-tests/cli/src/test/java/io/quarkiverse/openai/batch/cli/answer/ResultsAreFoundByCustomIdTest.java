package io.quarkiverse.openai.batch.cli.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.Outcome;

class ResultsAreFoundByCustomIdTest {

    @TempDir
    Path directory;

    @Test
    void whateverTheirOrder() throws IOException {
        try (ResultIndex index = index(answer("b", "zwei") + "\n" + answer("a", "\u00e9\u00e8") + answer("c", "drei"), "")) {
            assertThat(index.find("a").text()).isEqualTo("\u00e9\u00e8");
            assertThat(index.find("b").text()).isEqualTo("zwei");
            assertThat(index.find("c").text()).isEqualTo("drei");
        }
    }

    @Test
    void andAreMissingElse() throws IOException {
        try (ResultIndex index = index(answer("a", "eins"), "")) {
            assertThat(index.find("b").outcome()).isEqualTo(Outcome.MISSING);
        }
        try (ResultIndex index = ResultIndex.of(List.of())) {
            assertThat(index.find("b").outcome()).isEqualTo(Outcome.MISSING);
        }
    }

    @Test
    void theFirstSuccessOfSeveral() throws IOException {
        try (ResultIndex index = index(error("a", 500) + answer("a", "eins") + answer("a", "zwei") + error("a", 400), "")) {
            assertThat(index.find("a").text()).isEqualTo("eins");
        }
    }

    @Test
    void aSuccessEvenInTheErrorFile() throws IOException {
        try (ResultIndex index = index(error("a", 500), answer("a", "eins"))) {
            assertThat(index.find("a").text()).isEqualTo("eins");
        }
    }

    @Test
    void theOutputFileBeforeTheErrorFile() throws IOException {
        try (ResultIndex index = index(error("a", 500) + error("a", 503), error("a", 400) + error("b", 400))) {
            assertThat(index.find("a").statusCode()).isEqualTo(503);
            assertThat(index.find("b").statusCode()).isEqualTo(400);
        }
    }

    @Test
    void alsoWhenOtherLinesAreMalformed() throws IOException {
        try (ResultIndex index = index("{\"custom_id\":\"b\",\"resp\nnonsense\n" + answer("a", "eins"), "")) {
            BatchResult found = index.find("a");
            assertThat(found.text()).isEqualTo("eins");
            assertThat(index.find("b").outcome()).isIn(Outcome.MALFORMED, Outcome.MISSING);
        }
    }

    private ResultIndex index(String output, String errors) throws IOException {
        return ResultIndex.of(List.of(Files.writeString(directory.resolve("output.jsonl"), output),
                Files.writeString(directory.resolve("errors.jsonl"), errors)));
    }

    private static String answer(String customId, String text) {
        return """
                {"id":"r","custom_id":"%s","response":{"status_code":200,"request_id":"q","body":{"object":\
                "chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"%s"}}]}},"error":null}
                """.formatted(customId, text);
    }

    private static String error(String customId, int status) {
        return """
                {"id":"r","custom_id":"%s","response":{"status_code":%d,"request_id":"q","body":{"error":{"message":"no"}}}}
                """.formatted(customId, status);
    }
}
