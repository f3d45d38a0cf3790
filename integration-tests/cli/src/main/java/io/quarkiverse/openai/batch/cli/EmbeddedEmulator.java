package io.quarkiverse.openai.batch.cli;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkiverse.openai.batch.emulator.Emulator;
import io.quarkiverse.openai.batch.emulator.EmulatorOptions;
import io.quarkus.runtime.ShutdownEvent;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The emulator in this process; it runs from before the application's start until its end. */
@ApplicationScoped
class EmbeddedEmulator {

    private static final String BASE_URL = "quarkus.openai-batch.base-url";
    private static final String API_KEY = "quarkus.openai-batch.api-key";

    private static Emulator emulator;

    static void startIfAskedFor(String... arguments) {
        EmulatorFlags flags = flags(arguments);
        if (flags != null) {
            emulator = Emulator.start(EmulatorOptions.builder().speed(flags.speed).build());
            System.setProperty(BASE_URL, emulator.baseUrl().toString());
            System.setProperty(API_KEY, "emulator");
        }
    }

    /** Null if there are none, or the arguments are wrong: then the command says so. */
    private static EmulatorFlags flags(String... arguments) {
        try {
            ParseResult result = new CommandLine(new BatchCommand()).parseArgs(arguments);
            return result.hasSubcommand() && result.subcommand().commandSpec().userObject() instanceof RunCommand run
                    ? run.emulator
                    : null;
        } catch (ParameterException e) {
            return null;
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (emulator != null) {
            emulator.close();
            emulator = null;
            System.clearProperty(BASE_URL);
            System.clearProperty(API_KEY);
        }
    }
}
