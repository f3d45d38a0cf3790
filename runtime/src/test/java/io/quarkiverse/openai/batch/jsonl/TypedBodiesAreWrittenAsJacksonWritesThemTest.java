package io.quarkiverse.openai.batch.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import org.instancio.junit.InstancioExtension;
import org.instancio.junit.InstancioSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;

import io.quarkiverse.openai.batch.jsonl.internal.encode.RequestEncoder;
import io.quarkiverse.openai.batch.jsonl.internal.encode.RequestFields;
import io.quarkiverse.openai.batch.jsonl.internal.json.Json;

/** A map is written by Jackson and read back: so what a typed body becomes, and what is known of it, can be held against it. */
@ExtendWith(InstancioExtension.class)
class TypedBodiesAreWrittenAsJacksonWritesThemTest {

    private static final String[] PIECES = { "a", "?", "??", "why?", "seven77", "eight888", "plain text, rather long", "é", "ß",
            "東京", "😀", "\uD83D", "\uDE00", "\n", "\r", "\t", "\b", "\f", "\"", "\\", "/", "\u0000", "\u001f", "\u007f",
            "\u0080", "\u2028", "\uFFFF" };
    private static final String[] NAMES = { "a", "model", "stream", "input", "metadata", "messages", "prompt", "role",
            "content", "max_tokens", "max_completion_tokens", "max_output_tokens", "b c", "é", "\"", "\n" };

    @ParameterizedTest
    @InstancioSource(samples = 3000)
    void anyText(long seed) {
        Random random = new Random(seed);

        assertSame(BatchRequest.of("id " + text(random), ChatBody.of(text(random)).user(text(random))));
    }

    @ParameterizedTest
    @InstancioSource(samples = 3000)
    void anyParameters(long seed) {
        Random random = new Random(seed);
        RequestBody<?> body = random.nextBoolean() ? EmbeddingsBody.of("m") : ChatBody.of("m");
        for (int k = random.nextInt(6); k > 0; k--) {
            body = body.with(NAMES[random.nextInt(NAMES.length)], value(random, 3));
        }

        assertSame(BatchRequest.of("id", body));
    }

    @Test
    void everyCharacter() {
        for (int block = 0; block < 0x10000; block += 0x100) {
            StringBuilder text = new StringBuilder();
            for (int c = block; c < block + 0x100; c++) {
                text.append((char) c).append('a');
            }
            assertSame(BatchRequest.chat("id", "m", text.toString()));
        }
    }

    @Test
    void aTextOfEveryLengthWithAnEscapeAtEveryPlace() {
        for (int length = 1; length < 40; length++) {
            for (int at = 0; at < length; at++) {
                char[] text = "x".repeat(length).toCharArray();
                text[at] = '\u0001';
                assertSame(BatchRequest.chat("id", "m", new String(text)));
            }
        }
    }

    @Test
    void aTextThatIsAllEscapes() {
        assertSame(BatchRequest.chat("id", "m", "\u0001".repeat(100_000)));
    }

    @Test
    void aPathOfTheCallersOrNone() {
        assertSame(BatchRequest.chat("id", "m", "x").withUrl("/v4/\"chat\""));
        assertSame(BatchRequest.bare("id", EmbeddingsBody.of("m").input(List.of("a", "b"))));
        assertSame(new BatchRequest("id", "GET", "", ChatBody.of("")));
    }

    @Test
    void theLimitOfTheAnswerAsANumberOrAText() {
        for (Object limit : List.of(77, 77L, 77.9, "77", " 77 ", "null", "x", "", -1, true, Long.MAX_VALUE, List.of(1))) {
            assertSame(BatchRequest.of("id", ChatBody.of("m").user("x").with("max_tokens", limit)));
            assertSame(BatchRequest.of("id", ChatBody.of("m").with("max_tokens", 5).with("max_completion_tokens", limit)));
        }
        assertThat(encoded(BatchRequest.of("id", ChatBody.of("m").maxCompletionTokens(77))).fields().answerLimit())
                .isEqualTo(77);
    }

    @Test
    void numbersThatJsonDoesNotHave() {
        assertSame(BatchRequest.of("id", ChatBody.of("m").with("a", List.of(Double.NaN, Double.NEGATIVE_INFINITY, Float.NaN))));
    }

    @Test
    void valuesThatBringJsonOfTheirOwn() {
        for (Object value : List.of(new Raw("{\"b\": 1}"), new Named(Map.of("b", 1)), new Shouted(), Outcome.SUCCEEDED,
                new BigDecimal("1e3"), new int[] { 1, 2 }, Json.MAPPER.createObjectNode().putNull("n"),
                Map.of(Outcome.SUCCEEDED, 1), Map.of(1, 2))) {
            assertSame(BatchRequest.of("id", ChatBody.of("m").with("value", value)));
            assertSame(BatchRequest.of("id", ChatBody.of("m").with("input", value).with("metadata", value)));
        }
    }

    @Test
    void whatCannotBeWrittenIsRefused() {
        Map<String, Object> cycle = new HashMap<>();
        cycle.put("cycle", cycle);
        for (Object value : List.of(new Raw("{"), cycle, Map.of("half a \uD83D", 1), new Object())) {
            assertThatThrownBy(() -> BatchRequest.of("a", ChatBody.of("m").with("value", value)).toLine())
                    .isInstanceOf(JsonlException.class).hasMessageContaining("request a");
        }
    }

    record Raw(@JsonRawValue String json) {
    }

    record Named(@JsonProperty("other_name") Map<String, Integer> map) {
    }

    static class Shouted extends TreeMap<String, String> {

        @JsonValue
        String shouted() {
            return "SHOUTED";
        }
    }

    private static void assertSame(BatchRequest request) {
        Map<String, Object> map = new LinkedHashMap<>(((RequestBody<?>) request.body()).parameters());
        RequestEncoder known = encoded(request);
        RequestEncoder readBack = encoded(new BatchRequest(request.customId(), request.method(), request.url(), map));

        assertThat(line(known)).isEqualTo(line(readBack));
        assertThat(facts(known)).isEqualTo(facts(readBack));
    }

    private static RequestEncoder encoded(BatchRequest request) {
        RequestEncoder encoder = new RequestEncoder();
        encoder.encode(request);
        return encoder;
    }

    private static String line(RequestEncoder encoder) {
        return new String(encoder.buffer(), 0, encoder.length(), StandardCharsets.UTF_8);
    }

    private static List<Object> facts(RequestEncoder line) {
        RequestFields fields = line.fields();
        return Arrays.asList(fields.hasCustomId(), fields.customId(), fields.method(), fields.url(), fields.model(),
                fields.streams(), fields.embeddingInputs(), fields.hasAnswerTokens(), fields.answerLimit(), fields.metadata(),
                fields.bodyFrom(), fields.bodyTo(),
                line.promptTokens(TokenEstimator.ruleOfThumb()));
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int k = random.nextInt(20); k > 0; k--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 7 : 12)) {
            case 0 -> random.nextInt();
            case 1 -> random.nextLong();
            case 2 -> random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
            case 3 -> random.nextBoolean();
            case 4 -> random.nextFloat();
            case 5, 6 -> text(random);
            case 7 -> Set.of(text(random));
            case 8, 9 -> list(random, depth);
            default -> map(random, depth);
        };
    }

    private static List<Object> list(Random random, int depth) {
        List<Object> list = new ArrayList<>();
        for (int k = random.nextInt(4); k > 0; k--) {
            list.add(random.nextInt(5) == 0 ? null : value(random, depth - 1));
        }
        return list;
    }

    private static Map<String, Object> map(Random random, int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int k = random.nextInt(4); k > 0; k--) {
            map.put(NAMES[random.nextInt(NAMES.length)], random.nextInt(5) == 0 ? null : value(random, depth - 1));
        }
        return map;
    }
}
