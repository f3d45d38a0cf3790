package io.quarkiverse.openai.batch.cli;

import java.util.Map;

import io.quarkiverse.openai.batch.emulator.Emulator;
import io.quarkiverse.openai.batch.emulator.EmulatorOptions;

/** An emulator in the place of a provider, and configured as one. */
final class Provider implements AutoCloseable {

    final Emulator emulator = Emulator.start(EmulatorOptions.defaults());
    private final Map<String, String> configuration = Map.of(
            "quarkus.openai-batch.base-url", emulator.baseUrl().toString(),
            "quarkus.openai-batch.api-key", "any",
            "quarkus.openai-batch.jobs.poll-interval.min", "PT0.05S");

    Provider() {
        configuration.forEach(System::setProperty);
    }

    /** From now on neither the provider nor the key is known. */
    void forget() {
        configuration.keySet().forEach(System::clearProperty);
    }

    @Override
    public void close() {
        forget();
        emulator.close();
    }
}
