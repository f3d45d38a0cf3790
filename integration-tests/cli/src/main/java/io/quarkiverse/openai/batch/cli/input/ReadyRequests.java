package io.quarkiverse.openai.batch.cli.input;

import java.nio.file.Path;

import io.quarkiverse.openai.batch.model.Endpoint;

/** Requests that are sent as they are. */
final class ReadyRequests {

    private final Path file;
    private final RequestChoices choices;

    ReadyRequests(Path file, RequestChoices choices) {
        this.file = file;
        this.choices = choices;
    }

    /**
     * @throws InputException if a line is no request, or one for another endpoint than the first one's
     * @throws IllegalArgumentException if something is chosen that the requests say themselves
     */
    PreparedRequests check(InputLines lines) {
        if (choices.model().isPresent() || choices.prompt().isPresent()) {
            throw new IllegalArgumentException("%s has requests, which have a model and a prompt of their own"
                    .formatted(file.getFileName()));
        }
        UniqueIds ids = new UniqueIds(InputForm.REQUESTS);
        String url = null;
        while (lines.hasNext()) {
            InputLine line = lines.next();
            ids.of(line);
            String lineUrl = url(line);
            if (url != null && !url.equals(lineUrl)) {
                throw line.problem("the url is not that of the first line: all lines of a batch have the same");
            }
            url = lineUrl;
            if (!line.json().path("body").isObject()) {
                throw line.problem("\"body\" must be a JSON object");
            }
        }
        return new PreparedRequests(file, choices.endpoint().orElse(Endpoint.of(url)), ids.count());
    }

    /** Some providers take the endpoint from the batch alone, and no url. */
    private String url(InputLine line) {
        return choices.endpoint().isPresent() && !line.has("url") ? choices.endpoint().get().path() : line.text("url");
    }
}
