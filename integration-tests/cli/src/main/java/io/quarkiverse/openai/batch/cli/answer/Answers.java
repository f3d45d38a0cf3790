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

    private Answers(Path given, Path file) {
        this.given = given;
        this.file = file;
    }

    /**
     * Looks whether the file can be written, and makes its directory if need be, before anything is paid.
     *
     * @param input the file that is answered; null if it is not known
     * @param replace whether an existing file may be replaced
     * @throws IllegalArgumentException if the file cannot be written, is the input, or exists and may not be replaced
     */
    public static Answers to(Path given, Path input, boolean replace) {
        try {
            if (Files.exists(given)) {
                checkExisting(given, input, replace);
            }
            // what a link leads to is replaced, not the link; a pipe has no other path than its link
            Path file = Files.isRegularFile(given) ? given.toRealPath() : given.toAbsolutePath();
            Files.createDirectories(file.getParent());
            if (!AnswerFile.isStream(file)) {
                AnswerFile.probe(file);
            } else if (!Files.isWritable(file)) {
                throw new IOException("it is read-only");
            }
            return new Answers(given, file);
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot write %s: %s".formatted(given, FileProblem.of(e)), e);
        }
    }

    private static void checkExisting(Path given, Path input, boolean replace) throws IOException {
        if (Files.isDirectory(given)) {
            throw new IOException("it is a directory");
        }
        if (input != null && Files.isSameFile(given, input)) {
            throw new IllegalArgumentException("The output %s is the input: give it another name".formatted(given));
        }
        if (Files.isRegularFile(given) && !replace) {
            throw new IllegalArgumentException(
                    "%s exists: give another --output, or replace it with --force".formatted(given));
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
     */
    public Written write(Stream<BatchResult> results) throws IOException {
        Written.Count count = new Written.Count();
        try (results; AnswerFile answers = AnswerFile.open(file)) {
            for (Iterator<BatchResult> iterator = results.iterator(); iterator.hasNext();) {
                AnswerLine line = AnswerLine.of(iterator.next());
                count.add(line);
                answers.write(line);
            }
            answers.complete();
        }
        return count.sum();
    }
}
