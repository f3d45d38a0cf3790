package io.quarkiverse.openai.batch.emulator.batch;

import java.io.IOException;
import java.nio.file.Path;

/** The lines of a validated input file, from first to last; the file is open only between {@link #open} and {@link #close}. */
final class InputLines {

    private final Path path;
    private long position;
    private LineReader reader;

    InputLines(Path path) {
        this.path = path;
    }

    void open() throws IOException {
        if (reader == null) {
            reader = new LineReader(path, position, Integer.MAX_VALUE);
        }
    }

    /** The next line, or null after the last. */
    InputLine next() throws IOException {
        byte[] bytes = reader.next();
        while (bytes != null && LineReader.isBlank(bytes)) {
            bytes = reader.next();
        }
        position = reader.position();
        return bytes == null ? null : InputLine.parse(bytes);
    }

    void close() throws IOException {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
