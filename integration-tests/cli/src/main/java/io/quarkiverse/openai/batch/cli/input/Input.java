package io.quarkiverse.openai.batch.cli.input;

import java.io.IOException;
import java.nio.file.Path;

/** What the user wants answered: a file with a request or a text a line. */
public final class Input {

    private final Path file;
    private final InputForm form;

    private Input(Path file, InputForm form) {
        this.file = file;
        this.form = form;
    }

    /**
     * @throws InputException if the file is empty, or its first line is neither a request nor a text
     */
    public static Input of(Path file) throws IOException {
        try (InputLines lines = new InputLines(file)) {
            if (!lines.hasNext()) {
                throw new InputException(file, "has no line");
            }
            return new Input(file, InputForm.of(lines.next()));
        }
    }

    /**
     * Checks every line and tells the file to upload: the input itself if it has requests, else one that is written.
     *
     * @param target where a file may be written
     * @throws InputException if a line is wrong
     */
    public PreparedRequests requests(RequestChoices choices, Path target) throws IOException {
        if (form == InputForm.REQUESTS) {
            return new ReadyRequests(file, choices).check();
        }
        try (InputLines lines = new InputLines(file)) {
            return new TextRequests(choices).write(lines, target);
        }
    }

    /**
     * The requests as they are, for a check that tells all that is wrong with them: the input itself if it has requests, else
     * a file that is written.
     *
     * @param target where a file may be written
     * @throws InputException if a line is wrong of which a request is to be made
     */
    public Path uncheckedRequests(RequestChoices choices, Path target) throws IOException {
        return form == InputForm.REQUESTS ? file : requests(choices, target).path();
    }

    /** The ids of the lines, in their order. */
    public InputIds ids() throws IOException {
        return new InputIds(new InputLines(file), form);
    }
}
