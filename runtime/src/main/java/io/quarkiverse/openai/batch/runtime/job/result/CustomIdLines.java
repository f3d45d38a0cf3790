package io.quarkiverse.openai.batch.runtime.job.result;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.runtime.job.files.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFiles;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;

/** The custom_ids of a chunk in a file, one a line. Line breaks inside an id are escaped. */
public final class CustomIdLines {

    private CustomIdLines() {
    }

    public static String encode(String id) {
        return id.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    /** The ids of a chunk. The stream must be closed. */
    public static Stream<String> of(ChunkFiles files, ChunkRow chunk) throws IOException {
        InputStream in = files.open(chunk.job(), chunk.file(ChunkFile.IDS));
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines().map(CustomIdLines::decode)
                .onClose(() -> close(in));
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String decode(String line) {
        if (line.indexOf('\\') < 0) {
            return line;
        }
        StringBuilder id = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && ++i < line.length()) {
                c = switch (line.charAt(i)) {
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    default -> line.charAt(i);
                };
            }
            id.append(c);
        }
        return id.toString();
    }
}
