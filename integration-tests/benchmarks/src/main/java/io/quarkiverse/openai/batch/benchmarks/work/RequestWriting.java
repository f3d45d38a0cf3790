package io.quarkiverse.openai.batch.benchmarks.work;

import java.io.IOException;
import java.nio.file.Path;

/** A way to write the typed requests of {@link io.quarkiverse.openai.batch.benchmarks.data.Prompts} into a file. */
@FunctionalInterface
public interface RequestWriting {

    void write(int lines, Path file) throws IOException;
}
