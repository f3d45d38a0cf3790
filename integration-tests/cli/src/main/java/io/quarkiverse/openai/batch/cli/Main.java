package io.quarkiverse.openai.batch.cli;

import java.io.IOException;

import jakarta.inject.Inject;

import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkus.runtime.ApplicationLifecycleManager;
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
        Quarkus.run(Main.class, Main::exit, arguments);
    }

    @Override
    public int run(String... arguments) {
        return new CommandLine(BatchCommand.class, commands)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new OneLineErrors())
                .setParameterExceptionHandler(Main::wrongArguments)
                .execute(arguments);
    }

    /** A start that fails is told in a line: Quarkus leaves that to whoever handles the exit. */
    private static void exit(int code, Throwable failure) {
        int exit = code;
        if (failure != null) {
            String problem = ConfigurationProblem.of(failure);
            System.err.println("Error: " + SafeText.of(problem == null ? failure.toString() : problem, MESSAGE));
            exit = problem == null ? ExitCode.SOFTWARE : ExitCode.USAGE;
        }
        ApplicationLifecycleManager.getDefaultExitCodeHandler().accept(exit, failure);
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
