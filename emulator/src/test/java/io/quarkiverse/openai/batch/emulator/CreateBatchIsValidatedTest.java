package io.quarkiverse.openai.batch.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.emulator.control.Limits;

class CreateBatchIsValidatedTest {

    private static final String REST = "\"endpoint\":\"/v1/chat/completions\",\"completion_window\":\"24h\"";

    private final Emulator emulator = Emulator.start(Emulators.options().build());
    private final Client client = new Client(emulator);

    @AfterEach
    void close() {
        emulator.close();
    }

    static Stream<Arguments> bodies() {
        String seventeen = IntStream.range(0, 17).mapToObj(key -> "\"" + key + "\":\"v\"").collect(Collectors.joining(","));
        return Stream.of(
                Arguments.of("{", null, null),
                Arguments.of("{}", "input_file_id", "missing_required_parameter"),
                Arguments.of("{\"input_file_id\":7," + REST + "}", "input_file_id", "invalid_type"),
                Arguments.of("{\"input_file_id\":\"file-none\"," + REST + "}", "input_file_id", null),
                Arguments.of("{\"input_file_id\":\"ID\",\"completion_window\":\"24h\"}", "endpoint",
                        "missing_required_parameter"),
                Arguments.of("{\"input_file_id\":\"ID\",\"endpoint\":\"/v1/audio\",\"completion_window\":\"24h\"}", "endpoint",
                        "invalid_value"),
                Arguments.of("{\"input_file_id\":\"ID\",\"endpoint\":\"/v1/embeddings\"}", "completion_window",
                        "missing_required_parameter"),
                Arguments.of("{\"input_file_id\":\"ID\",\"endpoint\":\"/v1/embeddings\",\"completion_window\":\"1h\"}",
                        "completion_window", "invalid_value"),
                Arguments.of(body("\"metadata\":[]"), "metadata", "invalid_type"),
                Arguments.of(body("\"metadata\":{" + seventeen + "}"), "metadata", "object_above_max_properties"),
                Arguments.of(body("\"metadata\":{\"" + "k".repeat(65) + "\":\"v\"}"), "metadata",
                        "property_name_above_max_length"),
                Arguments.of(body("\"metadata\":{\"k\":\"" + "v".repeat(513) + "\"}"), "metadata.k",
                        "string_above_max_length"),
                Arguments.of(body("\"metadata\":{\"k\":1}"), "metadata.k", "invalid_type"),
                Arguments.of(body("\"output_expires_after\":{\"seconds\":3600}"), "output_expires_after.anchor",
                        "missing_required_parameter"),
                Arguments.of(body("\"output_expires_after\":{\"anchor\":\"created_at\"}"), "output_expires_after.seconds",
                        "missing_required_parameter"),
                Arguments.of(body("\"output_expires_after\":{\"anchor\":\"now\",\"seconds\":3600}"),
                        "output_expires_after.anchor", "invalid_value"),
                Arguments.of(body("\"output_expires_after\":{\"anchor\":\"created_at\",\"seconds\":3599}"),
                        "output_expires_after.seconds", "integer_below_min_value"),
                Arguments.of(body("\"output_expires_after\":{\"anchor\":\"created_at\",\"seconds\":2592001}"),
                        "output_expires_after.seconds", "integer_above_max_value"));
    }

    private static String body(String field) {
        return "{\"input_file_id\":\"ID\"," + REST + "," + field + "}";
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aBadBodyIsRefusedWithItsParameterAndCode(String body, String param, String code) {
        String id = client.upload(Client.chatLines(1));
        HttpResponse<String> response = client.post("/batches", body.replace("ID", id));
        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode error = Client.json(response).get("error");
        assertThat(error.get("type").asText()).isEqualTo("invalid_request_error");
        assertThat(error.get("message").asText()).isNotEmpty();
        assertThat(error.get("code").textValue()).isEqualTo(code);
        assertThat(error.get("param").textValue()).isEqualTo(param);
        assertThat(Client.json(client.get("/batches")).get("data")).isEmpty();
    }

    @Test
    void aFileOfAnotherPurposeIsRefused() {
        String id = Client.json(client.upload("{}", "a.jsonl", Map.of("purpose", "fine-tune"))).get("id").asText();
        HttpResponse<String> response = client.post("/batches", Client.createBody(id, "/v1/embeddings"));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Client.json(response).at("/error/param").asText()).isEqualTo("input_file_id");
    }

    @Test
    void unknownFieldsAreAcceptedAndMetadataIsKept() {
        String id = client.upload(Client.chatLines(1));
        HttpResponse<String> response = client.post("/batches", "{\"input_file_id\":\"" + id + "\"," + REST
                + ",\"metadata\":{\"k\":\"v\"},\"auto_delete_input_file\":true}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Client.json(response).at("/metadata/k").asText()).isEqualTo("v");
    }

    @Test
    void aBodyOfMoreThanAMebibyteIsRefused() {
        HttpResponse<String> response = client.post("/batches", "{\"x\":\"" + "x".repeat(1 << 20) + "\"}");
        assertThat(response.statusCode()).isEqualTo(413);
    }

    @Test
    void theHourlyRateIsLimitedIfSoConfigured() {
        emulator.limits(Limits.DOCUMENTED.withBatchesPerHour(2));
        String id = client.upload(Client.chatLines(1));
        client.createBatch(id, "/v1/chat/completions");
        client.createBatch(id, "/v1/chat/completions");
        HttpResponse<String> third = client.post("/batches", Client.createBody(id, "/v1/chat/completions"));
        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(Client.json(third).at("/error/code").asText()).isEqualTo("rate_limit_exceeded");
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        client.createBatch(id, "/v1/chat/completions");
    }
}
