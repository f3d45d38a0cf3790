package io.quarkiverse.openai.batch.cli.input;

import java.util.Optional;

import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.RequestValidator;
import io.quarkiverse.openai.batch.model.Endpoint;

/** What the user says of the requests. */
public record RequestChoices(Optional<Endpoint> endpoint, Optional<String> model, Optional<PromptTemplate> prompt) {

    /** Checks requests: where an endpoint is chosen they need not name it, as some providers allow, nor may they another. */
    public RequestValidator validator() {
        RequestValidator validator = RequestValidator.withLimits(LineLimits.NONE.withMetadata(16));
        return endpoint.map(validator.routeOptional()::endpoint).orElse(validator);
    }
}
