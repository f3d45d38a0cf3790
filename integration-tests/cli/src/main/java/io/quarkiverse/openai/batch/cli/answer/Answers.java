package io.quarkiverse.openai.batch.cli.answer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.ResultIndex;
import io.quarkiverse.openai.batch.jsonl.Usage;

/** The answers to the lines of the input, one a line. */
public final class Answers {

    private final Path file;

    /**
     * Makes the directory of the file if need be, so that a place that cannot be written is known before anything is paid.
     *
     * @throws IllegalArgumentException if the file cannot be written
     */
    public Answers(Path file) throws IOException {
        this.file = file.toAbsolutePath();
        Path directory = this.file.getParent();
        Files.createDirectories(directory);
        if (Files.isDirectory(this.file) || !Files.isWritable(directory)) {
            throw new IllegalArgumentException("Cannot write " + file);
        }
    }

    /**
     * Writes the answer to each id, in the order of the ids.
     *
     * @param resultFiles the output file, then the error file
     */
    public Tally write(Iterator<String> ids, List<Path> resultFiles) throws IOException {
        long lines = 0;
        long succeeded = 0;
        Usage usage = Usage.NONE;
        long foreign;
        try (ResultIndex results = ResultIndex.of(resultFiles.toArray(Path[]::new));
                AnswerFile answers = new AnswerFile(file)) {
            while (ids.hasNext()) {
                String id = ids.next();
                BatchResult result = results.find(id);
                answers.write(AnswerLine.of(id, result));
                lines++;
                succeeded += result.succeeded() ? 1 : 0;
                usage = usage.plus(result.usage());
            }
            answers.complete();
            foreign = results.foreign() + results.unidentified();
        }
        return new Tally(lines, succeeded, usage, foreign);
    }

    /**
     * What the lines amount to.
     *
     * @param usage the tokens of all lines together
     * @param foreign how many lines of the result files answer none of the ids
     */
    public record Tally(long lines, long succeeded, Usage usage, long foreign) {

        public long failed() {
            return lines - succeeded;
        }
    }
}
