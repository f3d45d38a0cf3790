package io.quarkiverse.openai.batch.cli.input;

import java.util.Optional;

import io.quarkiverse.openai.batch.model.Endpoint;

/** What the user says of the requests. */
public record RequestChoices(Optional<Endpoint> endpoint, Optional<String> model, Optional<PromptTemplate> prompt) {
}
