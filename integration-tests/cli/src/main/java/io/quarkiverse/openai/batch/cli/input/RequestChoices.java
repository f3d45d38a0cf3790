package io.quarkiverse.openai.batch.cli.input;

import java.util.Optional;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.RequestValidator;
import io.quarkiverse.openai.batch.model.Endpoint;

/**
 * What the user says of the requests.
 *
 * @param system how the model is to behave
 * @param schema of the answers
 * @param csv the columns of a CSV file; empty for JSON lines
 */
public record RequestChoices(Optional<Endpoint> endpoint, Optional<String> model, Optional<PromptTemplate> prompt,
        Optional<String> system, Optional<AnswerSchema> schema, Optional<CsvColumns> csv) {

    /** Whether a choice is about requests that are made of texts. */
    boolean isOfTexts() {
        return Stream.of(model, prompt, system, schema, csv).anyMatch(Optional::isPresent);
    }

    /** Checks requests: where an endpoint is chosen they need not name it, as some providers allow, nor may they another. */
    public RequestValidator validator() {
        RequestValidator validator = RequestValidator.withLimits(LineLimits.NONE.withMetadata(16));
        return endpoint.map(validator.routeOptional()::endpoint).orElse(validator);
    }
}
