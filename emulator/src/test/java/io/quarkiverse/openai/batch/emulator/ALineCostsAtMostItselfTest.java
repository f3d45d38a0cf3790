package io.quarkiverse.openai.batch.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;

/** Whatever a line asks for, the lines beside it are answered, and listings work. */
@Timeout(60)
class ALineCostsAtMostItselfTest {

    private static final String ARRAY = "{\"type\":\"array\",\"minItems\":1000,\"items\":%s}";

    private final Emulator emulator = Emulators.slow();
    private final Client client = new Client(emulator);

    @AfterEach
    void close() {
        emulator.close();
    }

    static Stream<Arguments> lines() {
        return Stream.of(
                schema("{\"type\":\"number\",\"multipleOf\":0}"),
                schema("{\"type\":\"integer\",\"multipleOf\":-1}"),
                schema("{\"type\":\"integer\",\"minimum\":1e100000000}"),
                schema("{\"type\":\"number\",\"multipleOf\":1e-100000000}"),
                schema("{\"type\":\"string\",\"minLength\":2000000000}"),
                schema(ARRAY.formatted(ARRAY.formatted(ARRAY.formatted("{\"type\":\"null\"}")))),
                schema(ARRAY.formatted(ARRAY.formatted("{\"type\":\"string\",\"minLength\":9000}"))),
                Arguments.of("/v1/chat/completions",
                        "{\"model\":\"m\",\"n\":128,\"messages\":[{\"role\":\"user\",\"content\":\""
                                + "x".repeat(4_000_000) + "\"}]}"),
                Arguments.of("/v1/completions", "{\"model\":\"m\",\"n\":128,\"prompt\":\"" + "x".repeat(4_000_000) + "\"}"),
                Arguments.of("/v1/embeddings", "{\"model\":\"m\",\"input\":[" + "\"x\",".repeat(2_048) + "\"x\"]}"));
    }

    private static Arguments schema(String schema) {
        return Arguments.of("/v1/responses", "{\"model\":\"m\",\"input\":\"x\",\"text\":{\"format\":{\"type\":\"json_schema\","
                + "\"name\":\"s\",\"schema\":" + schema + "}}}");
    }

    @ParameterizedTest
    @MethodSource("lines")
    void andTheLinesBesideItAreAnswered(String endpoint, String body) {
        String good = "{\"model\":\"m\",\"input\":\"x\",\"prompt\":\"x\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
        String id = client.createBatch(client.upload(Client.line("bad", endpoint, body) + "\n"
                + Client.line("good", endpoint, good)), endpoint);
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        assertThat(client.get("/batches").statusCode()).isEqualTo(200);
        assertThat(client.get("/files").statusCode()).isEqualTo(200);
        JsonNode batch = client.batch(id);
        assertThat(batch.get("status").asText()).isEqualTo("completed");
        assertThat(client.results(batch.get("output_file_id").asText())).containsOnlyKeys("good");
        assertThat(client.results(batch.get("error_file_id").asText()).get("bad").at("/response/status_code").asInt())
                .isEqualTo(400);
        assertThat(emulator.ledger().lines("bad").get(0).paid()).isZero();
    }
}
