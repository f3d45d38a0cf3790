package io.quarkiverse.openai.batch.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** langchain4j PR #6094, any-llm PR #1346: one malformed line lost the whole result. */
class AMalformedResultLineCostsOnlyThatLineTest {

    private static final String GOOD = ResultLines.chat(1);

    static Stream<Arguments> damaged() {
        byte[] invalid = GOOD.getBytes(StandardCharsets.UTF_8);
        invalid[GOOD.indexOf("gpt-6")] = (byte) 0xFF;
        return Stream.of(
                Arguments.of("cut off", bytes(GOOD.substring(0, GOOD.length() / 2)), "ends in the middle of a JSON value"),
                Arguments.of("cut off in an array", bytes("{\"custom_id\": \"a\", \"x\": [1,"), "not JSON at byte"),
                Arguments.of("cut off in a text", bytes("{\"custom_id\": \"a\", \"x\": \"abc"),
                        "ends in the middle of a JSON value"),
                Arguments.of("its first half missing", bytes(GOOD.substring(GOOD.length() / 2)), "not"),
                Arguments.of("two values", bytes("{\"custom_id\": \"a\"}{\"custom_id\": \"b\"}"), "more than one JSON value"),
                Arguments.of("something behind", bytes("{\"custom_id\": \"a\"} x"), "not JSON at byte"),
                Arguments.of("no object", bytes("[1, 2]"), "not a JSON object"),
                Arguments.of("a number", bytes("17"), "not a JSON object"),
                Arguments.of("no JSON", bytes("Internal Server Error"), "not JSON at byte"),
                Arguments.of("a NUL", bytes("{\0\"custom_id\": \"a\"}"), "not JSON at byte"),
                Arguments.of("NULs alone", new byte[100], "not JSON at byte"),
                Arguments.of("invalid UTF-8", invalid, "not UTF-8 at byte " + (GOOD.indexOf("gpt-6") + 1)),
                Arguments.of("a control character in a text", bytes("{\"custom_id\": \"a\tb\"}"), "not JSON at byte"),
                Arguments.of("no custom_id", bytes("{\"id\": \"x\", \"response\": null, \"error\": null}"), "no custom_id"),
                Arguments.of("an empty custom_id", bytes("{\"custom_id\": \"\"}"), "no custom_id"),
                Arguments.of("too deep",
                        bytes("{\"custom_id\": \"a\", \"x\": " + "[".repeat(200_000) + "]".repeat(200_000) + "}"),
                        "nested deeper than 100,000 levels"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damaged")
    void betweenGoodLines(String damage, byte[] damaged, String reason) {
        byte[] file = file(GOOD, damaged, ResultLines.embedding(2, 8), damaged, ResultLines.response(3));

        for (JsonlReader<BatchResult> reader : List.of(JsonlReader.results(Lines.stream(file)),
                JsonlReader.results(Lines.slowly(file, 7)))) {
            try (Stream<BatchResult> stream = reader.stream()) {
                List<BatchResult> results = stream.toList();

                assertThat(results).extracting(BatchResult::outcome).containsExactly(Outcome.SUCCEEDED, Outcome.MALFORMED,
                        Outcome.SUCCEEDED, Outcome.MALFORMED, Outcome.SUCCEEDED);
                assertThat(results).extracting(result -> result.position().number()).containsExactly(1L, 2L, 3L, 4L, 5L);
                assertThat(results.get(1).reason()).startsWith(reason);
                assertThat(results.get(3).reason()).startsWith(reason);
                assertThat(results.get(1).line()).isEqualTo(damaged);
                assertThat(results.get(1).json().isMissingNode()).isTrue();
                assertThat(results.get(0)).isEqualTo(Lines.read(GOOD));
                assertThat(results.get(4).text()).isEqualTo(Lines.read(ResultLines.response(3)).text());
            }
        }
    }

    private static byte[] file(Object... lines) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (Object line : lines) {
            file.writeBytes(line instanceof String text ? bytes(text) : (byte[]) line);
            file.write('\n');
        }
        return file.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
