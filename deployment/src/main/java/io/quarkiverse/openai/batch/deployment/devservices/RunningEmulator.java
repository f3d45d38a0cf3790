package io.quarkiverse.openai.batch.deployment.devservices;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import io.quarkiverse.openai.batch.emulator.Emulator;

/** The emulator of the dev service, for the Dev UI: a build item would have to be there before it is started. */
public final class RunningEmulator {

    private static final AtomicReference<Emulator> RUNNING = new AtomicReference<>();

    private RunningEmulator() {
    }

    /** Empty if none runs. */
    public static Optional<Emulator> get() {
        return Optional.ofNullable(RUNNING.get());
    }

    static void started(Emulator emulator) {
        RUNNING.set(emulator);
    }

    /** Another one may have been started before. */
    static void closed(Emulator emulator) {
        RUNNING.compareAndSet(emulator, null);
    }
}
