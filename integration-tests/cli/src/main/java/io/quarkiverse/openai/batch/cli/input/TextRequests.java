package io.quarkiverse.openai.batch.cli.input;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.RequestWriter;
import io.quarkiverse.openai.batch.model.Endpoint;

/** Texts that a template makes requests of. */
final class TextRequests {

    private final Endpoint endpoint;
    private final PromptEndpoint promptEndpoint;
    private final PromptTemplate template;
    private final RequestChoices choices;

    /**
     * @throws IllegalArgumentException if the endpoint takes no prompts
     */
    TextRequests(RequestChoices choices) {
        this.choices = choices;
        this.endpoint = choices.endpoint().orElse(Endpoint.CHAT_COMPLETIONS);
        this.promptEndpoint = PromptEndpoint.of(endpoint).orElseThrow(() -> new IllegalArgumentException(
                "Lines of id and text can go to %s, not to %s; for others give requests".formatted(PromptEndpoint.paths(),
                        endpoint)));
        this.template = choices.prompt().orElse(PromptTemplate.TEXT_ALONE);
    }

    /**
     * @throws InputException if a line has no id or text, or the id of another one
     */
    PreparedRequests write(InputLines lines, Path target) {
        UniqueIds ids = new UniqueIds(InputForm.TEXTS);
        long count = RequestWriter.withLimits(LineLimits.OPENAI).write(requests(lines, ids), target).lines();
        return new PreparedRequests(target, endpoint, count);
    }

    private Iterator<BatchRequest> requests(InputLines lines, UniqueIds ids) {
        Iterable<InputLine> once = () -> lines;
        Stream<InputLine> stream = StreamSupport.stream(once.spliterator(), false);
        return stream.map(line -> promptEndpoint.request(ids.of(line), choices.model(), template.prompt(line.text("text"))))
                .iterator();
    }
}
