package io.quarkiverse.openai.batch.runtime.job.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** A file on disk for as long as it is open. */
@FunctionalInterface
public interface LocalFile extends Closeable {

    Path path();

    /** Deletes the file if it is a copy. */
    @Override
    default void close() throws IOException {
    }
}
