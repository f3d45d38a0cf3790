package io.quarkiverse.openai.batch.runtime.job.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The custom_ids of a chunk in a file, one a line. Line breaks inside an id are escaped. */
public final class CustomIdLines {

    private CustomIdLines() {
    }

    public static String encode(String id) {
        return id.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    /** The ids in a file. The stream must be closed. */
    public static Stream<String> of(Path file) throws IOException {
        return Files.lines(file).map(CustomIdLines::decode);
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
