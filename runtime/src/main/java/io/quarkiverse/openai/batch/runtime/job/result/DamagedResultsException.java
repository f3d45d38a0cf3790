package io.quarkiverse.openai.batch.runtime.job.result;

import java.io.IOException;
import java.nio.file.Path;

/** The stored results of a chunk are damaged or gone. */
public final class DamagedResultsException extends IOException {

    private static final long serialVersionUID = 1L;

    DamagedResultsException(String chunk, Path file) {
        super("The stored results of chunk %s are damaged or gone: %s".formatted(chunk, file));
    }
}
