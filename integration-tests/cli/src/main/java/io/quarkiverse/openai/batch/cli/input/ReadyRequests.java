package io.quarkiverse.openai.batch.cli.input;

import java.io.IOException;
import java.nio.file.Path;

import io.quarkiverse.openai.batch.jsonl.JsonlReader;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.Problem;
import io.quarkiverse.openai.batch.jsonl.RequestValidator;
import io.quarkiverse.openai.batch.jsonl.ValidationReport;
import io.quarkiverse.openai.batch.model.Endpoint;

/** Requests whose bodies are sent as they are. */
final class ReadyRequests {

    private final Path file;
    private final RequestChoices choices;

    ReadyRequests(Path file, RequestChoices choices) {
        this.file = file;
        this.choices = choices;
    }

    /**
     * @throws InputException if the provider would refuse a request
     * @throws IllegalArgumentException if something is chosen that the requests say themselves
     */
    CheckedRequests check() throws IOException {
        if (choices.model().isPresent() || choices.prompt().isPresent()) {
            throw new IllegalArgumentException("%s has requests, which have a model and a prompt of their own"
                    .formatted(file.getFileName()));
        }
        RequestValidator validator = RequestValidator.withLimits(LineLimits.NONE);
        // some providers take the endpoint from the batch alone
        ValidationReport report = (choices.endpoint().isPresent() ? validator.routeOptional() : validator).validate(file);
        report.problems().stream().filter(problem -> !problem.rule().isWarning()).findFirst().ifPresent(first -> {
            throw refused(first, report.errors() - 1);
        });
        return new CheckedRequests(choices.endpoint().isPresent() ? choices.endpoint().get() : url(), report.lines(),
                () -> JsonlReader.requests(file).stream());
    }

    private static InputException refused(Problem first, long others) {
        return new InputException(first + (others == 0 ? "" : " (--check tells %d more)".formatted(others)));
    }

    private Endpoint url() throws IOException {
        try (InputLines lines = new InputLines(file)) {
            return Endpoint.of(lines.next().text("url"));
        }
    }
}
