package io.quarkiverse.openai.batch.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.emulator.control.Limits;

class InputFileIsValidatedTest {

    private static final String GOOD = Client.chatLine("good", "Text") + "\n";
    private static final String BODY = "{\"model\":\"gpt-test\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";

    private final Emulator emulator = Emulator.start(Emulators.options()
            .limits(Limits.DOCUMENTED.withMaxLines(5).withMaxBytes(5_000).withMaxEmbeddingInputs(3).withMaxLineBytes(2_000))
            .build());
    private final Client client = new Client(emulator);

    @AfterEach
    void close() {
        emulator.close();
    }

    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of("{not json", "invalid_json_line", null),
                Arguments.of("[1]", "invalid_json_line", null),
                Arguments.of("{} trailing", "invalid_json_line", null),
                Arguments.of("\n" + Client.chatLine("after-blank", "x"), "invalid_json_line", null),
                Arguments.of("\uFEFF" + Client.chatLine("bom", "x"), "invalid_json_line", null),
                Arguments.of(Client.chatLine("good", "again"), "duplicate_custom_id", "custom_id"),
                Arguments.of("{\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":" + BODY + "}",
                        "missing_required_parameter", "custom_id"),
                Arguments.of("{\"custom_id\":\"a\",\"url\":\"/v1/chat/completions\",\"body\":" + BODY + "}",
                        "missing_required_parameter", "method"),
                Arguments.of("{\"custom_id\":\"a\",\"method\":\"GET\",\"url\":\"/v1/chat/completions\",\"body\":" + BODY + "}",
                        "invalid_method", "method"),
                Arguments.of(Client.line("a", "/v1/embeddings", BODY), "url_mismatch", "url"),
                Arguments.of("{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\"}",
                        "missing_required_parameter", "body"),
                Arguments.of(Client.line("a", "/v1/chat/completions", "{}"), "missing_required_parameter", "body.model"),
                Arguments.of(Client.line("a", "/v1/chat/completions", BODY.replace("gpt-test", "other")), "model_mismatch",
                        "body.model"),
                Arguments.of(Client.chatLine("long", "x".repeat(2_000)), "invalid_request", null));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aBadLineFailsTheBatchWithItsCodeAndNumber(String line, String code, String param) {
        JsonNode error = onlyError(GOOD + line + "\n", "/v1/chat/completions");
        assertThat(error.get("code").asText()).isEqualTo(code);
        assertThat(error.get("param").textValue()).isEqualTo(param);
        assertThat(error.get("line").asInt()).isEqualTo(2);
        assertThat(error.get("message").asText()).isNotEmpty();
    }

    static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of("", "/v1/chat/completions", "empty_file"),
                Arguments.of("\n\n", "/v1/chat/completions", "empty_batch"),
                Arguments.of(Client.chatLines(6), "/v1/chat/completions", "too_many_tasks"),
                Arguments.of((" ".repeat(1_500) + "\n").repeat(4), "/v1/chat/completions", "invalid_request"),
                Arguments.of(Client.line("a", "/v1/embeddings", "{\"model\":\"e\",\"input\":[\"1\",\"2\",\"3\",\"4\"]}"),
                        "/v1/embeddings", "invalid_request"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void aBadFileFailsTheBatchAsAWhole(String content, String endpoint, String code) {
        JsonNode error = onlyError(content, endpoint);
        assertThat(error.get("code").asText()).isEqualTo(code);
        assertThat(error.get("line").isNull()).isTrue();
    }

    @Test
    void allBadLinesAreReported() {
        String id = client.createChatBatch("{\n{\n" + GOOD);
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        assertThat(client.batch(id).at("/errors/data").findValuesAsText("line")).containsExactly("1", "2");
    }

    @Test
    void trailingBlankLinesAndALastLineWithoutLineFeedAreFine() {
        assertCompleted(GOOD + "\n\r\n", 1);
        assertCompleted(GOOD + Client.chatLine("last", "x"), 2);
    }

    private void assertCompleted(String content, int lines) {
        String id = client.createChatBatch(content);
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        assertThat(client.batch(id).get("status").asText()).isEqualTo("completed");
        assertThat(client.batch(id).at("/request_counts/completed").asInt()).isEqualTo(lines);
    }

    private JsonNode onlyError(String content, String endpoint) {
        String id = client.createBatch(client.upload(content), endpoint);
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        JsonNode batch = client.batch(id);
        assertThat(batch.get("status").asText()).isEqualTo("failed");
        assertThat(batch.get("failed_at").isNull()).isFalse();
        assertThat(batch.get("output_file_id").isNull()).isTrue();
        assertThat(batch.at("/errors/object").asText()).isEqualTo("list");
        assertThat(batch.at("/errors/data")).hasSize(1);
        return batch.at("/errors/data/0");
    }
}
