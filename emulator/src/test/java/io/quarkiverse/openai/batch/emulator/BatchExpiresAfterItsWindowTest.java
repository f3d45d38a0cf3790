package io.quarkiverse.openai.batch.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

class BatchExpiresAfterItsWindowTest {

    @Test
    void whatWasNotExecutedIsInTheErrorFile() {
        try (Emulator emulator = Emulator.start(Emulators.options().speed(0.001).build())) {
            Client client = new Client(emulator);
            String id = client.createChatBatch(Client.chatLines(10_000));
            emulator.clock().advance(Duration.ofHours(30));
            JsonNode expired = client.batch(id);
            assertThat(expired.get("status").asText()).isEqualTo("expired");
            assertThat(expired.get("expired_at").asLong()).isEqualTo(Emulators.START.getEpochSecond() + 86_400);
            // 86,400 s without the 5,000 s of validating, at one line in 10 s.
            assertThat(expired.at("/request_counts/completed").asInt()).isEqualTo(8_140);
            assertThat(client.results(expired.get("output_file_id").asText())).hasSize(8_140);
            Map<String, JsonNode> errors = client.results(expired.get("error_file_id").asText());
            assertThat(errors).hasSize(1_860);
            assertThat(errors.get("line-10000").at("/error/code").asText()).isEqualTo("batch_expired");
            assertThat(errors.get("line-10000").get("response").isNull()).isTrue();
        }
    }
}
