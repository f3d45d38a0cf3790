package io.quarkiverse.openai.batch.cli.check;

import static picocli.CommandLine.ExitCode.OK;
import static picocli.CommandLine.ExitCode.USAGE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

import jakarta.inject.Singleton;

import io.quarkiverse.openai.batch.cli.input.Input;
import io.quarkiverse.openai.batch.cli.input.RequestChoices;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.Problem;
import io.quarkiverse.openai.batch.jsonl.RequestValidator;
import io.quarkiverse.openai.batch.jsonl.TokenEstimator;
import io.quarkiverse.openai.batch.jsonl.ValidationReport;

/** Checks the requests and sends nothing. Problems go to standard error, what was counted to standard output. */
@Singleton
public class Check {

    /** The exit code: 0 if providers will take the requests, else 2. */
    public int run(Path inputFile, RequestChoices choices) throws IOException {
        RequestValidator validator = RequestValidator.withLimits(LineLimits.NONE)
                .estimatingTokens(TokenEstimator.tokenizer());
        if (choices.endpoint().isPresent()) {
            validator = validator.endpoint(choices.endpoint().get());
        }
        try (InputStream requests = Input.of(inputFile).uncheckedRequests(choices)) {
            ValidationReport report = validator.validate(requests);
            report.problems().forEach(problem -> System.err.println(in(inputFile, problem)));
            System.out.println(summary(report));
            return report.isValid() ? OK : USAGE;
        }
    }

    /** The problem with the name of the file, which the validator was not told. */
    private static Problem in(Path file, Problem problem) {
        return new Problem(file.getFileName().toString(), problem.line(), problem.rule(), problem.message());
    }

    private static String summary(ValidationReport report) {
        return """
                Lines      %d
                Bytes      %d
                Tokens     %d estimated
                Problems   %d
                Warnings   %d""".formatted(report.lines(), report.bytes(), report.tokens(), report.errors(),
                report.warnings());
    }
}
