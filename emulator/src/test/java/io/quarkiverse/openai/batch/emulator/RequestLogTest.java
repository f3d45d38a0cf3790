package io.quarkiverse.openai.batch.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.emulator.control.RecordedRequest;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;

class RequestLogTest {

    private final Emulator emulator = Emulators.slow();
    private final Client client = new Client(emulator);

    @AfterEach
    void close() {
        emulator.close();
    }

    @Test
    void requestsAreRecordedWithoutSecretsAndBodies() {
        client.send(client.request("/batches?limit=5&api_key=hidden-1").header("X-Run", "7").header("X-My-Token", "hidden-2")
                .header("X-Other", "Bearer hidden-3").header("Idempotency-Key", "seen"));
        RecordedRequest request = emulator.requests().list().get(0);
        assertThat(request.operation()).isEqualTo(Operation.LIST_BATCHES);
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.path()).isEqualTo("/v1/batches");
        assertThat(request.query()).isEqualTo("limit=5&api_key=***");
        assertThat(request.status()).isEqualTo(200);
        assertThat(request.time()).isEqualTo(Emulators.START);
        assertThat(request.headers()).containsEntry("x-run", "7").containsEntry("authorization", "***")
                .containsEntry("x-my-token", "***").containsEntry("x-other", "***").containsEntry("idempotency-key", "seen");
        assertThat(request.toString()).doesNotContain("hidden", "sk-test");
    }

    @Test
    void requestsAreCountedByOperation() {
        client.upload("x");
        client.get("/files");
        client.get("/batches/none");
        client.get("/nowhere");
        assertThat(emulator.requests().counts()).containsOnlyKeys(Operation.CREATE_FILE, Operation.LIST_FILES,
                Operation.RETRIEVE_BATCH);
        assertThat(emulator.requests().list(Operation.RETRIEVE_BATCH).get(0).status()).isEqualTo(404);
        assertThat(emulator.requests().list()).hasSize(4);
        emulator.requests().clear();
        assertThat(emulator.requests().count(Operation.CREATE_FILE)).isZero();
    }

    @Test
    void aRequestWithoutAnswerHasNoStatus() {
        emulator.faults().add(RequestFault.on(Operation.CREATE_BATCH).reset());
        assertThatThrownBy(() -> client.post("/batches", "{}")).isInstanceOf(UncheckedIOException.class);
        assertThat(emulator.requests().list(Operation.CREATE_BATCH).get(0).status()).isNull();
    }
}
