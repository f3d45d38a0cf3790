package io.quarkiverse.openai.batch.jsonl;

import java.nio.file.Path;

/**
 * An input file as it was written.
 *
 * @param path null if it was written to a channel
 * @param lines the requests in it
 * @param bytes its size
 * @param sha256 of its bytes, in hexadecimal
 */
public record RequestFile(Path path, long lines, long bytes, String sha256) {
}
