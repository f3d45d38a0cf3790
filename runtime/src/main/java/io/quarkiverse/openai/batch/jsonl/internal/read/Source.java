package io.quarkiverse.openai.batch.jsonl.internal.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Where lines come from. */
public interface Source {

    InputStream open() throws IOException;

    /** For messages; null if there is none. */
    String name();

    /** Gives up what will not be opened. */
    void discard() throws IOException;

    static List<Source> of(Path... files) {
        return Arrays.stream(files).map(Source::of).toList();
    }

    static Source of(Path file) {
        return new Source() {
            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }

            @Override
            public String name() {
                return file.getFileName().toString();
            }

            @Override
            public void discard() {
                // nothing is held
            }
        };
    }

    static Source of(InputStream in) {
        return new Source() {
            @Override
            public InputStream open() {
                return in;
            }

            @Override
            public String name() {
                return null;
            }

            @Override
            public void discard() throws IOException {
                in.close();
            }
        };
    }
}
