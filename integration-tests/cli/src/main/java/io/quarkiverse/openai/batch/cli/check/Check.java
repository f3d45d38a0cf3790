package io.quarkiverse.openai.batch.cli.check;

import static picocli.CommandLine.ExitCode.OK;
import static picocli.CommandLine.ExitCode.USAGE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.cli.input.Input;
import io.quarkiverse.openai.batch.cli.input.RequestChoices;
import io.quarkiverse.openai.batch.cli.report.CostText;
import io.quarkiverse.openai.batch.cli.report.ReportText;
import io.quarkiverse.openai.batch.job.JobEstimate;
import io.quarkiverse.openai.batch.job.Prices;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.Problem;
import io.quarkiverse.openai.batch.jsonl.TokenEstimator;
import io.quarkiverse.openai.batch.jsonl.ValidationReport;

/** Checks the requests and sends nothing. Problems go to standard error, what was counted to standard output. */
@Singleton
public class Check {

    @Inject
    OpenAiBatch client;

    /** The exit code: 0 if providers will take the requests, else 2. */
    public int run(Path inputFile, RequestChoices choices, Prices prices) throws IOException {
        Input input = Input.of(inputFile, choices);
        ValidationReport report = validate(input, choices);
        input.defaultModel(choices).ifPresent(model -> System.err.println("Model " + model + ", as no --model is given"));
        report.problems().forEach(problem -> System.err.println(in(inputFile, problem)));
        ReportText text = new ReportText().with("Lines", report.lines()).with("Bytes", report.bytes());
        if (report.isValid()) {
            withEstimate(text, estimate(input, choices, prices));
        }
        System.out.println(text.with("Problems", report.errors()).with("Warnings", report.warnings()));
        return report.isValid() ? OK : USAGE;
    }

    private static ValidationReport validate(Input input, RequestChoices choices) throws IOException {
        try (InputStream requests = input.uncheckedRequests(choices)) {
            return choices.validator().validate(requests);
        }
    }

    private JobEstimate estimate(Input input, RequestChoices choices, Prices prices) throws IOException {
        try (Stream<BatchRequest> requests = input.read(choices)) {
            return JobEstimate.of(requests, TokenEstimator.tokenizer(), client.prices().withAll(prices));
        }
    }

    private static void withEstimate(ReportText text, JobEstimate estimate) {
        text.with("Tokens", "%d (%d in, %d out), estimated".formatted(estimate.tokens(), estimate.promptTokens(),
                estimate.answerTokens()))
                .with("Cost", estimate.cost() == null ? null : CostText.of(estimate.cost()) + ", estimated");
    }

    /** The problem with the name of the file, which the validator was not told. */
    private static Problem in(Path file, Problem problem) {
        return new Problem(file.getFileName().toString(), problem.line(), problem.rule(), problem.message());
    }
}
