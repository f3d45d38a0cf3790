package io.quarkiverse.openai.batch.test.client.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of tests that run in an application, where JUnit does not inject directories. */
public final class TempFile {

    private TempFile() {
    }

    public static Path of(String name, String text) {
        try {
            Path directory = Files.createTempDirectory("openai-batch");
            directory.toFile().deleteOnExit();
            Path file = Files.writeString(directory.resolve(name), text);
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
