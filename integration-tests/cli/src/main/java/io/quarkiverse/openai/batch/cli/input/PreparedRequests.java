package io.quarkiverse.openai.batch.cli.input;

import java.nio.file.Path;

import io.quarkiverse.openai.batch.model.Endpoint;

/** The file of requests that is uploaded, checked. */
public record PreparedRequests(Path path, Endpoint endpoint, long lines) {
}
