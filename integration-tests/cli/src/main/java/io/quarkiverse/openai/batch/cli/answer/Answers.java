package io.quarkiverse.openai.batch.cli.answer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchResult;

/** The answers to the lines of the input, one a line. */
public final class Answers {

    private final Path given;
    private final Path file;

    /**
     * Makes the directory of the file if need be, so that a place that cannot be written is known before anything is paid.
     *
     * @throws IllegalArgumentException if the file cannot be written
     */
    public Answers(Path file) throws IOException {
        this.given = file;
        this.file = file.toAbsolutePath();
        Path directory = this.file.getParent();
        Files.createDirectories(directory);
        if (Files.isDirectory(this.file) || !Files.isWritable(directory)) {
            throw new IllegalArgumentException("Cannot write " + file);
        }
    }

    /** As the user names it. */
    public Path file() {
        return given;
    }

    /**
     * Writes an answer for each result.
     *
     * @param results are closed
     * @return how many there are
     */
    public long write(Stream<BatchResult> results) throws IOException {
        long count = 0;
        try (results; AnswerFile answers = new AnswerFile(file)) {
            for (Iterator<BatchResult> iterator = results.iterator(); iterator.hasNext(); count++) {
                answers.write(AnswerLine.of(iterator.next()));
            }
            answers.complete();
        }
        return count;
    }
}
