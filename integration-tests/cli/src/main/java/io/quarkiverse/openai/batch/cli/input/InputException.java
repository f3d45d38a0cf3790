package io.quarkiverse.openai.batch.cli.input;

import java.nio.file.Path;

/** The input cannot be used; the message names the file and the line. */
public class InputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InputException(String message) {
        super(message);
    }

    InputException(Path file, String problem) {
        super(file.getFileName() + ": " + problem);
    }

    InputException(Path file, long line, String problem) {
        super(file.getFileName() + ":" + line + ": " + problem);
    }
}
