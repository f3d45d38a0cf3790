package io.quarkiverse.openai.batch.emulator.file;

import java.nio.file.Path;
import java.time.Instant;

/**
 * What a file is made of.
 *
 * @param name the name its owner gave it, for show only
 * @param expiresAt when it is deleted, or null for never
 * @param path where its bytes are; from {@link FileStore#newPath}
 */
public record NewFile(String name, String purpose, Path path, Instant createdAt, Instant expiresAt) {
}
