package io.quarkiverse.openai.batch.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;

class KeysThatAreEchoedTest {

    private final Emulator emulator = Emulators.slow();
    private final Client client = new Client(emulator);

    @AfterEach
    void close() {
        emulator.close();
    }

    @ParameterizedTest
    @ValueSource(ints = { 401, 403 })
    void areInBodyAndHeaders(int status) {
        emulator.faults().add(RequestFault.on(Operation.LIST_BATCHES).status(status).echoKey());
        HttpResponse<String> response = client.get("/batches");

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(Client.json(response).at("/error/message").asText())
                .isEqualTo("Incorrect API key provided: Bearer sk-test.");
        assertThat(Client.json(response).at("/error/code").asText()).isEqualTo("invalid_api_key Bearer sk-test");
        assertThat(response.headers().allValues("x-request-id")).containsExactly("req_ Bearer sk-test");
        assertThat(response.headers().allValues("x-authorization")).containsExactly("Bearer sk-test");
        assertThat(client.get("/batches").statusCode()).isEqualTo(200);
    }

    @Test
    void areAnsweredWith401WithoutEffectIfNothingElseIsSaid() {
        emulator.faults().add(RequestFault.on(Operation.CREATE_BATCH).echoKey());

        assertThat(client.post("/batches", Client.createBody("file-1", "/v1/embeddings")).statusCode()).isEqualTo(401);
        assertThat(emulator.batches()).isEmpty();
        assertThat(emulator.requests().list().toString()).doesNotContain("sk-test");
    }

    @Test
    void belongToErrorsOfTheKey() {
        assertThatThrownBy(() -> emulator.faults().add(RequestFault.onAny().status(500).echoKey()))
                .hasMessage("echoKey is for the status 401 or 403, without a body");
        assertThatThrownBy(() -> emulator.faults().add(RequestFault.onAny().notFound().echoKey()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
