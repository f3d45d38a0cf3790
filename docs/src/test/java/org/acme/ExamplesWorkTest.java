package org.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class ExamplesWorkTest {

    @Inject
    FirstBatch firstBatch;

    @Inject
    BuiltClient builtClient;

    @Inject
    InjectedClients injectedClients;

    @Test
    void firstBatch() throws IOException {
        String id = firstBatch.start(Stream.of("Works well.", "Broke on the first day."));
        await().atMost(Duration.ofMinutes(1)).until(() -> firstBatch.isDone(id));
        firstBatch.read(id);
    }

    @Test
    void injectedClients() {
        assertThat(injectedClients.client("groq").listBatches(null, 1).data()).isNotNull();
    }

    @Test
    void builtClient() {
        assertThat(builtClient.of("tenant", "key")).isSameAs(builtClient.of("tenant", "key"));
    }

    @Test
    void emulatorInATest() {
        new EmulatorInATest().aRefusedCallIsRepeated();
    }
}
