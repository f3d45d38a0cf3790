package org.acme;

import java.time.Duration;

import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.emulator.Emulator;
import io.quarkiverse.openai.batch.emulator.EmulatorOptions;
import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;

public class EmulatorInATest {

    // tag::test[]
    void aRefusedCallIsRepeated() {
        try (Emulator emulator = Emulator.start(EmulatorOptions.builder().speed(100).build());
                OpenAiBatch client = OpenAiBatch.builder()
                        .baseUrl(emulator.baseUrl().toString()).apiKey("any").build()) {

            emulator.faults().add(RequestFault.on(Operation.LIST_BATCHES).status(429).header("Retry-After", "1")); // <1>
            client.batches().listBatches(null, 20);

            emulator.clock().advance(Duration.ofHours(25)); // <2>
            assert emulator.requests().list(Operation.LIST_BATCHES).size() == 2; // <3>
        }
    }
    // end::test[]
}
