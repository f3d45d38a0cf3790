package io.quarkiverse.openai.batch.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

class BatchListingTest {

    private final Emulator emulator = Emulators.slow();
    private final Client client = new Client(emulator);

    @AfterEach
    void close() {
        emulator.close();
    }

    @Test
    void pagesGoFromTheNewestToTheOldest() {
        String input = client.upload(Client.chatLines(1));
        List<String> created = new ArrayList<>();
        for (int count = 0; count < 25; count++) {
            created.add(0, client.createBatch(input, "/v1/chat/completions"));
            emulator.clock().advance(Duration.ofMillis(300));
        }
        JsonNode first = Client.json(client.get("/batches"));
        assertThat(first.get("object").asText()).isEqualTo("list");
        assertThat(ids(first)).isEqualTo(created.subList(0, 20));
        assertThat(first.get("first_id").asText()).isEqualTo(created.get(0));
        assertThat(first.get("last_id").asText()).isEqualTo(created.get(19));
        assertThat(first.get("has_more").asBoolean()).isTrue();
        JsonNode second = Client.json(client.get("/batches?limit=5&after=" + created.get(19)));
        assertThat(ids(second)).isEqualTo(created.subList(20, 25));
        assertThat(second.get("has_more").asBoolean()).isFalse();
        assertThat(first.at("/data/0/status").asText()).isEqualTo("validating");
        assertThat(second.at("/data/4/status").asText()).isEqualTo("finalizing");
    }

    @Test
    void anEmptyListingHasNoIds() {
        JsonNode page = Client.json(client.get("/batches"));
        assertThat(page.get("data")).isEmpty();
        assertThat(page.get("first_id").isNull()).isTrue();
        assertThat(page.get("last_id").isNull()).isTrue();
        assertThat(page.get("has_more").asBoolean()).isFalse();
    }

    @Test
    void badParametersAreRefused() {
        for (String query : List.of("limit=0", "limit=101", "limit=ten")) {
            assertThat(client.get("/batches?" + query).statusCode()).as(query).isEqualTo(400);
        }
        assertThat(client.get("/batches?after=batch_none").statusCode()).isEqualTo(404);
        assertThat(client.get("/batches/batch_none").statusCode()).isEqualTo(404);
        assertThat(client.post("/batches/batch_none/cancel", "").statusCode()).isEqualTo(404);
    }

    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.get("data").forEach(batch -> ids.add(batch.get("id").asText()));
        return ids;
    }
}
