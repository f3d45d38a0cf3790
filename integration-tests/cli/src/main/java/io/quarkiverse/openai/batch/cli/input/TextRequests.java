package io.quarkiverse.openai.batch.cli.input;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.CustomIds;
import io.quarkiverse.openai.batch.model.Endpoint;

/** Texts that a template makes requests of. */
final class TextRequests {

    private final Path file;
    private final Endpoint endpoint;
    private final PromptEndpoint promptEndpoint;
    private final PromptTemplate template;
    private final String model;
    private final RequestChoices choices;

    /**
     * @throws IllegalArgumentException if the endpoint takes no prompts, or has no default model and none is chosen
     */
    TextRequests(Path file, RequestChoices choices) {
        this.file = file;
        this.endpoint = choices.endpoint().orElse(Endpoint.CHAT_COMPLETIONS);
        this.promptEndpoint = PromptEndpoint.of(endpoint).orElseThrow(() -> new IllegalArgumentException(
                "Lines of id and text can go to %s, not to %s; for others give requests".formatted(PromptEndpoint.paths(),
                        endpoint)));
        this.choices = choices;
        if (!promptEndpoint.isTalking() && (choices.system().isPresent() || choices.schema().isPresent())) {
            throw new IllegalArgumentException("--system and --schema are for %s and %s, not for %s"
                    .formatted(Endpoint.CHAT_COMPLETIONS, Endpoint.RESPONSES, endpoint));
        }
        this.model = choices.model().orElseGet(promptEndpoint::defaultModel);
        this.template = choices.prompt().orElse(PromptTemplate.TEXT_ALONE);
    }

    /**
     * @throws InputException if a line has no id or text, or the id of another one
     */
    CheckedRequests check() throws IOException {
        CustomIds ids = new CustomIds();
        long count = 0;
        try (TextLines lines = TextLines.of(file, choices.csv())) {
            for (; lines.hasNext(); count++) {
                InputLine line = lines.next();
                if (!ids.add(request(line).customId())) {
                    throw line.problem("an earlier line has the same id");
                }
            }
        }
        return new CheckedRequests(count, this::read);
    }

    /** The requests; the stream must be closed. */
    Stream<BatchRequest> read() {
        try {
            TextLines lines = TextLines.of(file, choices.csv());
            Iterable<InputLine> once = () -> lines;
            return StreamSupport.stream(once.spliterator(), false).map(this::request).onClose(lines::close);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String model() {
        return model;
    }

    private BatchRequest request(InputLine line) {
        return promptEndpoint.request(InputForm.TEXTS.id(line),
                new Prompt(model, template.prompt(line.text("text")), choices.system(), choices.schema()));
    }
}
