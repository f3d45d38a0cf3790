package io.quarkiverse.openai.batch.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

class CancelLeavesPartialOutputTest {

    private final Emulator emulator = Emulators.slow();
    private final Client client = new Client(emulator);

    @AfterEach
    void close() {
        emulator.close();
    }

    @Test
    void executedLinesAreInTheOutputFileAndTheRestInTheErrorFile() {
        String id = client.createChatBatch(Client.chatLines(300));
        emulator.clock().advance(Duration.ofSeconds(6));
        JsonNode cancelling = Client.json(client.post("/batches/" + id + "/cancel", ""));
        assertThat(cancelling.get("status").asText()).isEqualTo("cancelling");
        assertThat(cancelling.get("cancelling_at").asLong()).isEqualTo(Emulators.START.getEpochSecond() + 6);
        assertThat(cancelling.get("output_file_id").isNull()).isTrue();

        emulator.clock().advance(Duration.ofSeconds(5));
        JsonNode cancelled = client.batch(id);
        assertThat(cancelled.get("status").asText()).isEqualTo("cancelled");
        assertThat(cancelled.at("/request_counts/completed").asInt()).isEqualTo(100);
        assertThat(client.results(cancelled.get("output_file_id").asText())).hasSize(100).containsKeys("line-1", "line-100");
        Map<String, JsonNode> errors = client.results(cancelled.get("error_file_id").asText());
        assertThat(errors).hasSize(200).containsKeys("line-101", "line-300");
        assertThat(errors.get("line-101").get("response").isNull()).isTrue();
        assertThat(errors.get("line-101").at("/error/code").asText()).isEqualTo("batch_cancelled");
    }

    @Test
    void aBatchThatIsCancelledWhileValidatingHasNoFiles() {
        String id = client.createChatBatch(Client.chatLines(3));
        client.post("/batches/" + id + "/cancel", "");
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        JsonNode cancelled = client.batch(id);
        assertThat(cancelled.get("status").asText()).isEqualTo("cancelled");
        assertThat(cancelled.get("output_file_id").isNull()).isTrue();
        assertThat(cancelled.get("error_file_id").isNull()).isTrue();
    }

    @Test
    void cancellingAgainIsHarmlessAndATerminalBatchIsRefused() {
        String id = client.createChatBatch(Client.chatLines(3));
        assertThat(client.post("/batches/" + id + "/cancel", "").statusCode()).isEqualTo(200);
        assertThat(client.post("/batches/" + id + "/cancel", "").statusCode()).isEqualTo(200);
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        assertThat(client.post("/batches/" + id + "/cancel", "").statusCode()).isEqualTo(409);
    }
}
