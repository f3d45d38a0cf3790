package io.quarkiverse.openai.batch.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.emulator.control.ForeignBatches;
import io.quarkiverse.openai.batch.emulator.control.Operation;

@Timeout(60)
class ForeignBatchesTest {

    private final Emulator emulator = Emulators.slow();
    private final Client client = new Client(emulator);

    @AfterEach
    void close() {
        emulator.close();
    }

    @Test
    void theyAreListedByAgeAmongOurs() {
        String oldest = client.createChatBatch(Client.chatLines(1));
        emulator.clock().advance(Duration.ofHours(10));
        String newest = client.createChatBatch(Client.chatLines(1));
        emulator.addForeignBatches(new ForeignBatches(9_000, Duration.ofMinutes(1), Duration.ofHours(9), null));
        List<String> ids = new ArrayList<>();
        JsonNode page = Client.json(client.get("/batches?limit=100"));
        page.get("data").forEach(batch -> ids.add(batch.get("id").asText()));
        while (page.get("has_more").asBoolean()) {
            page = Client.json(client.get("/batches?limit=100&after=" + page.get("last_id").asText()));
            page.get("data").forEach(batch -> ids.add(batch.get("id").asText()));
        }
        assertThat(ids).hasSize(9_002).startsWith(newest).endsWith(oldest);
        assertThat(new HashSet<>(ids)).hasSize(9_002);
        assertThat(emulator.requests().count(Operation.LIST_BATCHES)).isEqualTo(91);
        assertThat(emulator.batches()).filteredOn(batch -> batch.get("foreign").asBoolean()).hasSize(9_000);
    }

    @Test
    void theyStayAsTheyAreUnlessCancelled() {
        emulator.addForeignBatches(new ForeignBatches(3, null, Duration.ofHours(48), List.of("in_progress")));
        emulator.clock().advance(Duration.ofDays(3));
        JsonNode batch = Client.json(client.get("/batches")).at("/data/0");
        String id = batch.get("id").asText();
        assertThat(batch.get("status").asText()).isEqualTo("in_progress");
        assertThat(client.post("/batches/" + id + "/cancel", "").statusCode()).isEqualTo(200);
        assertThat(client.batch(id).get("status").asText()).isEqualTo("cancelling");
        emulator.clock().advance(Duration.ofSeconds(5));
        assertThat(client.batch(id).get("status").asText()).isEqualTo("cancelled");
        assertThat(client.post("/batches/" + id + "/cancel", "").statusCode()).isEqualTo(409);
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> emulator.addForeignBatches(new ForeignBatches(1, null, null, List.of("sleeping"))))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("No status 'sleeping'");
        assertThatThrownBy(() -> new ForeignBatches(1, Duration.ofHours(2), Duration.ofHours(1), null))
                .isInstanceOf(IllegalArgumentException.class);
        emulator.addForeignBatches(ForeignBatches.over(Duration.ofHours(1), 1));
        assertThat(emulator.batches()).hasSize(1);
    }
}
