package io.quarkiverse.openai.batch.cli.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.JsonlReader;
import io.quarkiverse.openai.batch.jsonl.Problem;
import io.quarkiverse.openai.batch.jsonl.ValidationReport;

/** Requests whose bodies are sent as they are. */
final class ReadyRequests {

    private final Path file;
    private final RequestChoices choices;

    /**
     * @throws IllegalArgumentException if something is chosen that the requests say themselves
     */
    ReadyRequests(Path file, RequestChoices choices) {
        if (choices.isOfTexts()) {
            throw new IllegalArgumentException("%s has requests, which have a model and a prompt of their own"
                    .formatted(file.getFileName()));
        }
        this.file = file;
        this.choices = choices;
    }

    /**
     * @throws InputException if the provider would refuse a request
     */
    CheckedRequests check() throws IOException {
        ValidationReport report = choices.validator().validate(file);
        report.problems().stream().filter(problem -> !problem.rule().isWarning()).findFirst().ifPresent(first -> {
            throw refused(first, report.errors() - 1);
        });
        return new CheckedRequests(report.lines(), this::read);
    }

    /** The file as it is. */
    InputStream bytes() throws IOException {
        return Files.newInputStream(file);
    }

    /** The requests; the stream must be closed. */
    Stream<BatchRequest> read() {
        return JsonlReader.requests(file).stream().map(this::withEndpoint);
    }

    private BatchRequest withEndpoint(BatchRequest request) {
        return request.url() == null && choices.endpoint().isPresent()
                ? BatchRequest.of(request.customId(), choices.endpoint().get(), request.body())
                : request;
    }

    private static InputException refused(Problem first, long others) {
        return new InputException(first + (others == 0 ? "" : " (the command check tells %d more)".formatted(others)));
    }
}
