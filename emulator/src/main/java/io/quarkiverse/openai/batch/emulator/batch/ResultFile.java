package io.quarkiverse.openai.batch.emulator.batch;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import com.fasterxml.jackson.databind.JsonNode;

/** An output or error file in the making: appended to while lines are executed, open only then. */
final class ResultFile {

    private static final int BUFFER = 1 << 16;

    private final Path path;
    private OutputStream stream;
    private boolean written;

    ResultFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    boolean written() {
        return written;
    }

    void append(JsonNode line) throws IOException {
        append(Json.MAPPER.writeValueAsBytes(line));
    }

    void append(byte[] line) throws IOException {
        if (stream == null) {
            stream = new BufferedOutputStream(
                    Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND), BUFFER);
        }
        stream.write(line);
        stream.write('\n');
        written = true;
    }

    void close() throws IOException {
        if (stream != null) {
            stream.close();
            stream = null;
        }
    }
}
