package io.quarkiverse.openai.batch.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory for what lies between input and answers; it goes with the process, also with one that is interrupted. */
public final class WorkDirectory {

    private final Path path;

    public WorkDirectory() throws IOException {
        path = Files.createTempDirectory("openai-batch-");
        path.toFile().deleteOnExit();
    }

    public Path file(String name) {
        Path file = path.resolve(name);
        file.toFile().deleteOnExit();
        return file;
    }
}
