package io.quarkiverse.openai.batch.cli.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Asks the process that runs a job to pause it: a file in the folder of the job. */
final class PauseRequest {

    private final Path file;

    PauseRequest(JobFolder folder) {
        this.file = folder.path().resolve("pause");
    }

    /** Does nothing if that was asked already. */
    void make() {
        try {
            if (!Files.exists(file)) {
                Files.write(file, new byte[0]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The request to pause cannot be written", e);
        }
    }

    /**
     * Takes it away.
     *
     * @return whether it was there
     */
    boolean take() {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The request to pause cannot be taken away", e);
        }
    }
}
