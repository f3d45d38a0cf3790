package io.quarkiverse.openai.batch.cli.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.openai.batch.jsonl.BatchResult;

/** An answer of one part is shown simply; of one with more, nothing is left out. */
class AnAnswerIsWholeTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]} | \"text\":\"a\"}",
            "{\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":\"length\"}]} | \"text\":\"a\",\"finish\":\"length\"}",
            "{\"choices\":[{\"text\":\"a\"},{\"text\":\"b\"}]} | \"text\":\"a\",\"body\":{\"choices\":[{\"text\":\"a\"},{\"text\":\"b\"}]}}",
            "{\"choices\":[{\"message\":{\"content\":\"a\",\"tool_calls\":[{\"id\":\"c\"}]},\"finish_reason\":\"tool_calls\"}]} | \"text\":\"a\",\"body\":{\"choices\":[{\"message\":{\"content\":\"a\",\"tool_calls\":[{\"id\":\"c\"}]},\"finish_reason\":\"tool_calls\"}]}}",
            "{\"choices\":[{\"message\":{\"content\":null,\"reasoning_content\":\"hm\"}}]} | \"body\":{\"choices\":[{\"message\":{\"content\":null,\"reasoning_content\":\"hm\"}}]}}",
            "{\"data\":[{\"index\":0,\"embedding\":[0.5]}]} | \"embedding\":[0.5]}",
            "{\"data\":[{\"index\":0,\"embedding\":[0.5]},{\"index\":1,\"embedding\":[1]}]} | \"body\":{\"data\":[{\"index\":0,\"embedding\":[0.5]},{\"index\":1,\"embedding\":[1]}]}}",
            "{\"results\":[{\"flagged\":true},{\"flagged\":false}]} | \"body\":{\"results\":[{\"flagged\":true},{\"flagged\":false}]}}",
            "{\"url\":\"x\"} | \"body\":{\"url\":\"x\"}}" })
    void itsParts(String body, String shown) throws IOException {
        assertThat(written(body)).isEqualTo("{\"id\":\"a\",\"outcome\":\"succeeded\"," + shown);
    }

    @Test
    void cutAnswersAreCounted() throws IOException {
        String body = "{\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":\"%s\"}]}";
        Written written = Answers.to(directory.resolve("answers"), null, true)
                .write(Stream.of("length", "stop", "content_filter", "length").map(reason -> result(body.formatted(reason))));

        assertThat(written).isEqualTo(new Written(4, Map.of("length", 2L, "content_filter", 1L)));
        assertThat(written.cutAnswers()).isEqualTo("1 content_filter, 2 length");
    }

    @Test
    void whatSteersATerminalIsEscaped() throws IOException {
        assertThat(written(
                "{\"choices\":[{\"message\":{\"content\":\"\u009b31m \u202eabc \u007f \u2028 \\u001b[1m \u00e9\ud83d\ude00\"}}]}"))
                .contains("\"text\":\"\\u009b31m \\u202eabc \\u007f \\u2028 \\u001B[1m \u00e9\ud83d\ude00\"");
    }

    private String written(String body) throws IOException {
        Path file = directory.resolve("answers.jsonl");
        Answers.to(file, null, true).write(Stream.of(result(body)));
        return Files.readString(file).strip();
    }

    private static BatchResult result(String body) {
        return BatchResult.parse(("{\"custom_id\":\"a\",\"response\":{\"status_code\":200,\"body\":" + body + "}}")
                .getBytes(StandardCharsets.UTF_8));
    }
}
