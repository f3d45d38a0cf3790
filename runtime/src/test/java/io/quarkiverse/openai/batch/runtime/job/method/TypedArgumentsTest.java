package io.quarkiverse.openai.batch.runtime.job.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.JsonlException;

class TypedArgumentsTest {

    private static final String CHAT = """
            {"custom_id":"%s","response":{"status_code":200,"body":{"object":"chat.completion",\
            "choices":[{"message":{"content":"%s"},"finish_reason":"stop"}]}}}""";

    record City(String name, int inhabitants) {
    }

    record Row(Long id, City city) {

        Row(City city) {
            this(0L, city);
        }

        Row(String id, City city) {
            this(Long.valueOf(id), city);
        }
    }

    record Count(long id, int number) {
    }

    enum Color {
        RED
    }

    record Number(int value) {

        static Number fromString(String text) {
            return new Number(Integer.parseInt(text.substring(1)));
        }
    }

    record Name(String text) {
    }

    private static BatchResult parse(String line) {
        return BatchResult.parse(line.getBytes(StandardCharsets.UTF_8));
    }

    private static BatchResult chat(String id, String content) {
        return parse(CHAT.formatted(id, content.replace("\"", "\\\"")));
    }

    private static Object[] arguments(Class<?> key, String answer, BatchResult result) {
        return new TypedArguments(key.getName(), answer, null).of(List.of(result)).toArray();
    }

    private static Object[] arguments(Class<?> key, Class<?> answer, BatchResult result) {
        return arguments(key, answer.getName(), result);
    }

    @ParameterizedTest
    @CsvSource({ "java.lang.String, any text, any text", "java.lang.Long, 42, 42",
            "java.util.UUID, 123e4567-e89b-12d3-a456-426614174000, 123e4567-e89b-12d3-a456-426614174000",
            "java.math.BigDecimal, 1.50, 1.50",
            "io.quarkiverse.openai.batch.runtime.job.method.TypedArgumentsTest$Color, RED, RED",
            "io.quarkiverse.openai.batch.runtime.job.method.TypedArgumentsTest$Number, n17, Number[value=17]",
            "io.quarkiverse.openai.batch.runtime.job.method.TypedArgumentsTest$Name, x, Name[text=x]" })
    void aKeyIsMadeOfTheCustomId(Class<?> type, String id, String expected) {
        Object key = arguments(type, String.class, chat(id, "text"))[0];
        assertThat(key).isInstanceOf(type);
        assertThat(key.toString()).isEqualTo(expected);
    }

    @Test
    void anIdThatIsNoKeyIsAnErrorThatNamesBoth() {
        assertThatThrownBy(() -> arguments(UUID.class, String.class, chat("no-uuid", "text")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no-uuid")
                .hasMessageContaining("java.util.UUID");
    }

    @Test
    void anAnswerIsOfTheTypeThatTheMethodTakes() {
        BatchResult result = chat("a", "{\"name\":\"Oslo\",\"inhabitants\":700000}");
        assertThat(arguments(String.class, City.class, result)[1]).isEqualTo(new City("Oslo", 700_000));
        assertThat(arguments(String.class, String.class, result)[1]).isEqualTo("{\"name\":\"Oslo\",\"inhabitants\":700000}");
        BatchResult several = chat("a", "{\"value\":[{\"name\":\"Oslo\",\"inhabitants\":1}]}");
        assertThat(arguments(String.class, "java.util.List<" + City.class.getName() + ">", several)[1])
                .isEqualTo(List.of(new City("Oslo", 1)));
        BatchResult color = chat("a", "{\"value\":\"RED\"}");
        assertThat(arguments(String.class, Color.class, color)[1]).isEqualTo(Color.RED);
    }

    @Test
    void anEmbeddingIsAnArray() {
        BatchResult result = parse("""
                {"custom_id":"a","response":{"status_code":200,"body":{"object":"list",\
                "data":[{"object":"embedding","index":0,"embedding":[0.5,-1]}]}}}""");
        assertThat((float[]) arguments(String.class, float[].class, result)[1]).containsExactly(0.5f, -1f);
        assertThatThrownBy(() -> arguments(String.class, float[].class, chat("a", "text"))).isInstanceOf(JsonlException.class)
                .hasMessageContaining("has no embedding");
    }

    @Test
    void anotherAnswerIsAnErrorWithoutWhatItSays() {
        assertThatThrownBy(() -> arguments(String.class, City.class, chat("a", "secret"))).isInstanceOf(JsonlException.class)
                .hasMessageContaining("customId=a").hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({ "null", "'{\"value\":null}'" })
    void noAnswerIsAnErrorToo(String text) {
        assertThatThrownBy(() -> arguments(String.class, Color.class, chat("a", text))).isInstanceOf(JsonlException.class)
                .hasMessageContaining("customId=a").hasMessageContaining("has no answer");
        assertThatThrownBy(() -> new TypedArguments(Long.class.getName(), Integer.class.getName(), Count.class.getName())
                .of(List.of(chat("1", text)))).isInstanceOf(JsonlException.class);
    }

    @Test
    void aListIsOfTheRecordOfBoth() {
        List<BatchResult> results = List.of(chat("1", "{\"name\":\"Oslo\",\"inhabitants\":1}"),
                chat("2", "{\"name\":\"Bergen\",\"inhabitants\":2}"));
        Object[] arguments = new TypedArguments(Long.class.getName(), City.class.getName(), Row.class.getName()).of(results)
                .toArray();
        assertThat(arguments).containsExactly(List.of(new Row(1L, new City("Oslo", 1)), new Row(2L, new City("Bergen", 2))));
    }
}
