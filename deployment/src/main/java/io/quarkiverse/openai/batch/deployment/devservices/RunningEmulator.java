package io.quarkiverse.openai.batch.deployment.devservices;

import java.util.Optional;

import io.quarkiverse.openai.batch.emulator.Emulator;

/** The emulator of the dev service, for the Dev UI: a build item would have to be there before it is started. */
public final class RunningEmulator {

    private static volatile Emulator running;

    private RunningEmulator() {
    }

    /** Empty if none runs. */
    public static Optional<Emulator> get() {
        return Optional.ofNullable(running);
    }

    static void set(Emulator emulator) {
        running = emulator;
    }
}
