package io.quarkiverse.openai.batch.jsonl;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;

import io.quarkiverse.openai.batch.jsonl.internal.encode.FileTally;
import io.quarkiverse.openai.batch.jsonl.internal.encode.LineOutput;
import io.quarkiverse.openai.batch.jsonl.internal.encode.RequestEncoder;
import io.quarkiverse.openai.batch.jsonl.internal.encode.RequestRules;

/**
 * Encodes requests as lines, checks each once, and cuts them into files that may be open at the same time.
 * {@link RequestWriter}
 * is the simple way to write one file after the other. One line is current at a time:
 *
 * <pre>{@code
 * lines.encode(request);
 * Problem problem = lines.check(null);
 * if (output.exceededLimit() != null) {
 *     files.add(output.finish());
 *     output = lines.open(nextFile);
 * }
 * output.add();
 * }</pre>
 *
 * For one thread at a time. Of more than 4,000,000 lines the custom ids are in a temporary file, which goes when the lines are
 * closed, or are garbage.
 */
public final class RequestLines implements Closeable {

    /** Of all files that are open. */
    private static final int BUFFERED_BYTES = 4 << 20;

    private final LineLimits limits;
    private final TokenEstimator estimator;
    private final Supplier<Path> temporary;
    private final RequestEncoder line = new RequestEncoder();
    private RequestRules rules;
    private long checked;
    private long promptTokens;
    private int outputs;

    /**
     * @param estimator null for no estimates
     */
    public RequestLines(LineLimits limits, TokenEstimator estimator) {
        this(limits, estimator, null);
    }

    /**
     * @param estimator null for no estimates
     * @param temporary makes the temporary file, which is deleted in the end; null for one of the system's
     */
    public RequestLines(LineLimits limits, TokenEstimator estimator, Supplier<Path> temporary) {
        this.limits = limits;
        this.estimator = estimator;
        this.temporary = temporary;
        this.rules = rules();
    }

    /** A line without a route is for a provider that takes the route from the batch. */
    private RequestRules rules() {
        return new RequestRules(limits, null, true, temporary);
    }

    /** Begins another sequence of lines: the rules do not compare the lines after this call with those before. */
    public void restart() {
        close();
        rules = rules();
        checked = 0;
    }

    /**
     * Makes a request the current line.
     *
     * @throws JsonlException if Jackson cannot serialise the body
     */
    public void encode(BatchRequest request) {
        line.encode(request);
        promptTokens = estimator == null ? 0 : line.promptTokens(estimator);
    }

    /**
     * Makes a line that was written before the current one.
     *
     * @param written without its newline
     * @param endpoint the endpoint of its body if it has no url; null if that is not known
     * @throws JsonlException if it is not JSON
     */
    public void copy(byte[] written, String endpoint) {
        line.copy(written, endpoint);
        promptTokens = estimator == null ? 0 : line.promptTokens(estimator);
    }

    /**
     * Checks the current line against each {@link Rule} of a line. Must be called once for each line.
     *
     * @param file name of the file for the problem; null if there is none
     * @return the first problem that is no warning; null if there is none
     */
    public Problem check(String file) {
        checked++;
        Problem[] first = { null };
        rules.check(line.fields(), line.length() - 1, (rule, message) -> {
            if (first[0] == null && !rule.isWarning()) {
                first[0] = new Problem(file, checked, rule, message);
            }
        });
        return first[0];
    }

    public String customId() {
        return line.fields().customId();
    }

    /** The endpoint of the current line: its url, or that of its typed body; null if it has neither. */
    public String endpoint() {
        return line.fields().endpoint();
    }

    /** The model of the current line; null if it has none. */
    public String model() {
        return line.fields().model();
    }

    /** Whether the current line may have an {@link AnswerSchema}. */
    public boolean hasAnswerSchema() {
        return AnswerSchema.hasMark(line.buffer(), line.length());
    }

    /** Tokens of the prompt of the current line, by estimate; 0 without an estimator. */
    public long promptTokens() {
        return promptTokens;
    }

    /**
     * Tokens of the answer to the current line, by estimate: as many as the line allows ({@code max_tokens},
     * {@code max_completion_tokens}, {@code max_output_tokens}), else as many as its prompt; 0 for embeddings and moderations.
     */
    public long answerTokens() {
        if (!line.fields().hasAnswerTokens()) {
            return 0;
        }
        long limit = line.fields().answerLimit();
        return limit > 0 ? limit : promptTokens;
    }

    /** Whether the current line limits the tokens of its answer, or its answer has none. */
    public boolean hasAnswerLimit() {
        return !line.fields().hasAnswerTokens() || line.fields().answerLimit() > 0;
    }

    /** Opens a file, which must not exist. Any number of files can be open: an open file takes memory, but no descriptor. */
    public Output open(Path file) throws IOException {
        Files.createFile(file);
        return new Output(null, file);
    }

    /** Writes into a channel, which stays open. */
    public Output open(WritableByteChannel channel) {
        return new Output(channel, null);
    }

    /**
     * Deletes the temporary file, if there is one.
     *
     * @throws UncheckedIOException if it cannot be deleted
     */
    @Override
    public void close() {
        try {
            rules.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of lines. Closing it before {@link #finish()} deletes it. */
    public final class Output implements Closeable {

        private final LineOutput output;
        private final Path path;
        private final FileTally tally = new FileTally();
        private long answerTokens;
        private boolean finished;

        private Output(WritableByteChannel channel, Path path) {
            outputs++;
            this.output = new LineOutput(channel, path, () -> Math.min(LineOutput.MOST_BYTES, BUFFERED_BYTES / outputs));
            this.path = path;
        }

        /** The limit of the file that the current line would exceed; null if the line fits. */
        public Rule exceededLimit() {
            return tally.brokenBy(limits, line.length(), line.fields().embeddingInputs(), promptTokens, model());
        }

        /** Describes a limit that the current line would exceed. */
        public Problem problem(Rule exceededLimit) {
            String limit = exceededLimit.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            return lines() == 0
                    ? new Problem(name(), 1, Rule.LINE_LENGTH, "the request alone is beyond the file's limit of " + limit)
                    : new Problem(name(), lines() + 1, exceededLimit, "the request is beyond the file's limit of " + limit);
        }

        /** Null if it is a channel. */
        String name() {
            return path == null ? null : path.getFileName().toString();
        }

        /** Adds the current line. */
        public void add() throws IOException {
            tally.add(line.length(), line.fields().embeddingInputs(), promptTokens, model());
            answerTokens += RequestLines.this.answerTokens();
            output.write(line.buffer(), line.length());
        }

        /** Number of lines. */
        public long lines() {
            return tally.lines();
        }

        /** Completes the file. Must be called once. */
        public RequestFile finish() throws IOException {
            output.flush();
            finished = true;
            outputs--;
            String model = tally.tokensOfModels().keySet().stream().findFirst().orElse(null);
            return new RequestFile(path, tally.lines(), tally.bytes(), tally.embeddingInputs(), tally.tokens(), answerTokens,
                    model, output.sha256());
        }

        @Override
        public void close() throws IOException {
            if (finished) {
                return;
            }
            finished = true;
            outputs--;
            if (path != null) {
                Files.deleteIfExists(path);
            }
        }
    }
}
