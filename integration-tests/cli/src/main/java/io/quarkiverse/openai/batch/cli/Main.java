package io.quarkiverse.openai.batch.cli;

import java.io.IOException;

import jakarta.inject.Inject;

import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Starts the emulator if it is asked for, since clients need its port from their start on, then the application. */
@QuarkusMain
public class Main implements QuarkusApplication {

    private static final int MESSAGE = 2_000;

    @Inject
    IFactory commands;

    public static void main(String... arguments) throws IOException {
        EmbeddedEmulator.startIfAskedFor(arguments);
        Quarkus.run(Main.class, arguments);
    }

    @Override
    public int run(String... arguments) {
        return new CommandLine(BatchCommand.class, commands)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new OneLineErrors())
                .setParameterExceptionHandler(Main::wrongArguments)
                .execute(arguments);
    }

    private static int wrongArguments(ParameterException error, String[] arguments) {
        CommandLine command = error.getCommandLine();
        // arguments may hold anything, and are repeated in it
        command.getErr().println(SafeText.of(error.getMessage(), MESSAGE));
        UnmatchedArgumentException.printSuggestions(error, command.getErr());
        command.getErr().printf("Try %s --help%n", command.getCommandSpec().qualifiedName());
        return ExitCode.USAGE;
    }
}
