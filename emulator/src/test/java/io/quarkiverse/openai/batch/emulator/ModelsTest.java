package io.quarkiverse.openai.batch.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;

class ModelsTest {

    private final Emulator emulator = Emulators.slow();
    private final Client client = new Client(emulator);

    @AfterEach
    void close() {
        emulator.close();
    }

    @Test
    void areListedAsTheyAreRetrieved() {
        JsonNode list = Client.json(client.get("/models"));

        assertThat(list.get("object").asText()).isEqualTo("list");
        assertThat(list.get("data")).hasSizeGreaterThan(3).allSatisfy(model -> {
            assertThat(model.get("object").asText()).isEqualTo("model");
            assertThat(model.get("created").isIntegralNumber()).isTrue();
            assertThat(model.get("owned_by").isTextual()).isTrue();
            assertThat(model.has("shutdown_date")).isTrue();
            assertThat(Client.json(client.get("/models/" + model.get("id").asText()))).isEqualTo(model);
        });
    }

    @ParameterizedTest
    @CsvSource(nullValues = "null", textBlock = """
            gpt-6-luna,          null
            gpt-5-mini,          2026-12-11
            emulator-ends-soon,  2026-01-06
            emulator-ends-later, 2027-01-05
            emulator-ended,      2025-12-06
            """)
    void sayWhenTheyEnd(String model, LocalDate end) {
        emulator.clock().advance(Duration.ofDays(3));

        JsonNode date = Client.json(client.get("/models/" + model)).get("shutdown_date");
        assertThat(date.isNull() ? null : LocalDate.parse(date.asText())).isEqualTo(end);
    }

    @Test
    void anUnknownOneIsNotFoundAsAtOpenAi() {
        HttpResponse<String> response = client.get("/models/gpt-none");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(Client.json(response)).isEqualTo(Client.json("""
                {"error":{"message":"The model 'gpt-none' does not exist","type":"invalid_request_error","param":"model",
                "code":"model_not_found"}}"""));
        assertThat(client.post("/models", "{}").statusCode()).isEqualTo(405);
    }

    @Test
    void areRequestsLikeOthers() {
        emulator.faults().add(RequestFault.on(Operation.LIST_MODELS).status(503));
        emulator.faults().add(RequestFault.on(Operation.RETRIEVE_MODEL).field("shutdown_date", "soon"));

        assertThat(client.get("/models").statusCode()).isEqualTo(503);
        assertThat(Client.json(client.get("/models/gpt-6-luna")).get("shutdown_date").asText()).isEqualTo("soon");
        assertThat(emulator.requests().count(Operation.RETRIEVE_MODEL)).isEqualTo(1);
    }
}
