package io.quarkiverse.openai.batch.cli;

import static picocli.CommandLine.ExitCode.SOFTWARE;
import static picocli.CommandLine.ExitCode.USAGE;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.cli.answer.FileProblem;
import io.quarkiverse.openai.batch.cli.input.InputException;
import io.quarkiverse.openai.batch.cli.job.StoppedJobException;
import io.quarkiverse.openai.batch.job.JobConflictException;
import io.quarkiverse.openai.batch.jsonl.JsonlException;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.model.ErrorResponse.ApiError;
import io.quarkus.runtime.configuration.ConfigurationException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what went wrong in one line. The stack trace is logged at debug level. */
class OneLineErrors implements IExecutionExceptionHandler {

    private static final Logger LOG = Logger.getLogger(OneLineErrors.class);
    private static final int LENGTH = 300;

    @Override
    public int handleExecutionException(Exception error, CommandLine command, ParseResult arguments) {
        LOG.debug("The command failed", error);
        command.getErr().println("Error: " + message(error));
        return isUsers(error) ? USAGE : SOFTWARE;
    }

    /** An error that the user can fix: in the input, or in the configuration. */
    private static boolean isUsers(Exception error) {
        return error instanceof InputException || error instanceof JsonlException || error instanceof ConfigurationException
                || error instanceof IllegalArgumentException || error instanceof JobConflictException
                || error instanceof NoSuchFileException || error instanceof AccessDeniedException;
    }

    private static String message(Exception error) {
        if (error instanceof BatchApiException failure) {
            // that of a call without prompts is in it already
            Optional<String> providers = failure.error().map(ApiError::message).filter(text -> !failure.getMessage()
                    .contains(text));
            return failure.getMessage() + providers.map(text -> ": " + SafeText.of(text, LENGTH)).orElse("");
        }
        if (error instanceof StoppedJobException stopped) {
            return SafeText.of(stopped.getMessage(), LENGTH) + stopped.wayOn();
        }
        if (error instanceof FileSystemException file) {
            return SafeText.of(FileProblem.of(file), LENGTH);
        }
        boolean tellsLittle = error.getMessage() == null;
        return (tellsLittle ? error.getClass().getSimpleName() + ": " : "") + SafeText.of(error.getMessage(), LENGTH);
    }
}
