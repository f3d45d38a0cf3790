package io.quarkiverse.openai.batch.emulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Emulators for tests: their time stands still until it is advanced. */
final class Emulators {

    static final Instant START = Instant.parse("2026-01-05T09:00:00Z");
    /** Longer than any batch of a test takes, shorter than the completion window. */
    static final Duration LONG_ENOUGH = Duration.ofHours(1);

    private Emulators() {
    }

    static EmulatorOptions.Builder options() {
        return EmulatorOptions.builder().clock(InstantSource.fixed(START));
    }

    /** One that needs 5 s to validate, a second for a hundred lines, 5 s to finalize or cancel. */
    static Emulator slow() {
        return Emulator.start(options().speed(1).build());
    }
}
