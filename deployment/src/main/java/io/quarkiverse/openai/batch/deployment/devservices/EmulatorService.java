package io.quarkiverse.openai.batch.deployment.devservices;

import io.quarkiverse.openai.batch.emulator.Emulator;
import io.quarkiverse.openai.batch.emulator.EmulatorOptions;
import io.quarkus.deployment.builditem.Startable;

/** The emulator as a dev service, in this process. */
final class EmulatorService implements Startable {

    private final EmulatorOptions options;
    private Emulator emulator;

    EmulatorService(EmulatorOptions options) {
        this.options = options;
    }

    @Override
    public void start() {
        emulator = Emulator.start(options);
        RunningEmulator.started(emulator);
    }

    @Override
    public String getConnectionInfo() {
        return emulator.baseUrl().toString();
    }

    /** There is no container. */
    @Override
    public String getContainerId() {
        return null;
    }

    @Override
    public void close() {
        if (emulator != null) {
            RunningEmulator.closed(emulator);
            emulator.close();
        }
    }
}
