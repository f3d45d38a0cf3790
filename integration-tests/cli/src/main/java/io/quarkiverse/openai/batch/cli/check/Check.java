package io.quarkiverse.openai.batch.cli.check;

import static picocli.CommandLine.ExitCode.OK;
import static picocli.CommandLine.ExitCode.USAGE;

import java.io.IOException;
import java.nio.file.Path;

import jakarta.inject.Singleton;

import io.quarkiverse.openai.batch.cli.input.Input;
import io.quarkiverse.openai.batch.cli.input.RequestChoices;
import io.quarkiverse.openai.batch.cli.run.WorkDirectory;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.RequestValidator;
import io.quarkiverse.openai.batch.jsonl.TokenEstimator;
import io.quarkiverse.openai.batch.jsonl.ValidationReport;

/** Checks the requests and sends nothing. Problems go to standard error, what was counted to standard output. */
@Singleton
public class Check {

    /** The exit code: 0 if providers will take the requests, else 2. */
    public int run(Path inputFile, RequestChoices choices) throws IOException {
        Path requests = Input.of(inputFile).uncheckedRequests(choices, new WorkDirectory().file("requests.jsonl"));
        RequestValidator validator = RequestValidator.withLimits(LineLimits.OPENAI)
                .estimatingTokens(TokenEstimator.tokenizer());
        if (choices.endpoint().isPresent()) {
            validator = validator.endpoint(choices.endpoint().get());
        }
        ValidationReport report = validator.validate(requests);
        report.problems().forEach(System.err::println);
        System.out.println(summary(report));
        return report.isValid() ? OK : USAGE;
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
