package io.quarkiverse.openai.batch.runtime.dev;

/**
 * A file that arrives in slices.
 *
 * @param id null if it cannot be taken
 * @param problem null if it can
 */
public record Upload(String id, String problem) {
}
