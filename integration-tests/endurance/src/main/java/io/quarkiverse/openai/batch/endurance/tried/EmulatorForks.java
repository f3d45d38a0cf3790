package io.quarkiverse.openai.batch.endurance.tried;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.openai.batch.emulator.Main;

/** Emulators in processes of their own, as the command line starts them. */
final class EmulatorForks {

    private EmulatorForks() {
    }

    static ProcessBuilder command(String heap, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap, "-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }
}
