package io.quarkiverse.openai.batch.cli.input;

import java.util.function.Supplier;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;

/**
 * The requests of an input whose lines have all been checked.
 *
 * @param lines how many there are
 * @param source reads them from the input, each time from its start; the stream must be closed
 */
public record CheckedRequests(long lines, Supplier<Stream<BatchRequest>> source) {
}
