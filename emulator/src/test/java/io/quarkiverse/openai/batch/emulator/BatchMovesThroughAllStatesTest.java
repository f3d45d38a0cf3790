package io.quarkiverse.openai.batch.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

class BatchMovesThroughAllStatesTest {

    private static final long START = Emulators.START.getEpochSecond();

    private final Emulator emulator = Emulators.slow();
    private final Client client = new Client(emulator);

    @AfterEach
    void close() {
        emulator.close();
    }

    @Test
    void fromValidatingToCompletedWithGrowingCounts() {
        String id = client.createChatBatch(Client.chatLines(300));
        JsonNode validating = client.batch(id);
        assertThat(validating.get("status").asText()).isEqualTo("validating");
        assertThat(validating.get("object").asText()).isEqualTo("batch");
        assertThat(validating.get("created_at").asLong()).isEqualTo(START);
        assertThat(validating.get("expires_at").asLong()).isEqualTo(START + 86_400);
        assertThat(validating.get("in_progress_at").isNull()).isTrue();
        assertThat(validating.at("/request_counts/total").asInt()).isZero();

        emulator.clock().advance(Duration.ofSeconds(5));
        assertThat(client.batch(id).get("status").asText()).isEqualTo("in_progress");
        assertThat(counts(id)).isEqualTo("300 0 0");
        emulator.clock().advance(Duration.ofMillis(1_500));
        assertThat(counts(id)).isEqualTo("300 150 0");
        assertThat(client.batch(id).get("output_file_id").isNull()).isTrue();

        emulator.clock().advance(Duration.ofMillis(1_500));
        assertThat(client.batch(id).get("status").asText()).isEqualTo("finalizing");
        assertThat(client.batch(id).get("output_file_id").isNull()).isTrue();

        emulator.clock().advance(Duration.ofSeconds(5));
        JsonNode completed = client.batch(id);
        assertThat(completed.get("status").asText()).isEqualTo("completed");
        assertThat(counts(id)).isEqualTo("300 300 0");
        assertThat(completed.get("model").asText()).isEqualTo("gpt-test");
        assertThat(completed.get("error_file_id").isNull()).isTrue();
        assertThat(client.results(completed.get("output_file_id").asText())).hasSize(300);
    }

    @Test
    void timestampsAreThoseOfTheStatesHoweverLateTheBatchIsLookedAt() {
        String id = client.createChatBatch(Client.chatLines(300));
        emulator.clock().advance(Duration.ofHours(40));
        JsonNode batch = client.batch(id);
        assertThat(batch.get("status").asText()).isEqualTo("completed");
        assertThat(batch.get("in_progress_at").asLong()).isEqualTo(START + 5);
        assertThat(batch.get("finalizing_at").asLong()).isEqualTo(START + 8);
        assertThat(batch.get("completed_at").asLong()).isEqualTo(START + 13);
        assertThat(batch.get("expired_at").isNull()).isTrue();
    }

    @Test
    void usageIsTheSumOfTheLinesUsage() {
        String id = client.createChatBatch(Client.chatLine("a", "12345678") + "\n" + Client.chatLine("b", "123") + "\n");
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        JsonNode batch = client.batch(id);
        Map<String, JsonNode> results = client.results(batch.get("output_file_id").asText());
        assertThat(results.get("a").at("/response/body/usage/prompt_tokens").asInt()).isEqualTo(4);
        assertThat(results.get("a").at("/response/body/usage/completion_tokens").asInt()).isEqualTo(2);
        assertThat(batch.at("/usage/input_tokens").asInt()).isEqualTo(7);
        assertThat(batch.at("/usage/output_tokens").asInt()).isEqualTo(3);
        assertThat(batch.at("/usage/total_tokens").asInt()).isEqualTo(10);
    }

    @Test
    void linesThatTheEndpointRefusesGoToTheErrorFile() {
        String id = client.createChatBatch(Client.line("bad", "/v1/chat/completions", "{\"model\":\"m\"}"));
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        JsonNode batch = client.batch(id);
        assertThat(batch.get("status").asText()).isEqualTo("completed");
        assertThat(batch.get("output_file_id").isNull()).isTrue();
        assertThat(counts(id)).isEqualTo("1 0 1");
        JsonNode line = client.results(batch.get("error_file_id").asText()).get("bad");
        assertThat(line.at("/response/status_code").asInt()).isEqualTo(400);
        assertThat(line.at("/response/body/error/code").asText()).isEqualTo("missing_required_parameter");
        assertThat(line.get("error").isNull()).isTrue();
    }

    private String counts(String id) {
        JsonNode counts = client.batch(id).get("request_counts");
        return counts.get("total") + " " + counts.get("completed") + " " + counts.get("failed");
    }
}
