package io.quarkiverse.openai.batch.runtime.job.result;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.JsonlReader;
import io.quarkiverse.openai.batch.jsonl.RawLines;

/**
 * Result lines for requests that no file answers, in the form that providers give such lines: of a batch that was refused, of
 * chunks that were never sent, and of lines that are missing.
 */
public final class SyntheticResults implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MISSING = "missing";

    private final BufferedWriter out;

    /** What is said of a request. */
    public interface Line {

        public void add(SyntheticResults to, String customId) throws IOException;
    }

    public SyntheticResults(Path file) throws IOException {
        this.out = Files.newBufferedWriter(file);
    }

    public void missing(String customId) throws IOException {
        add(customId, MISSING, "No result line answers the request");
    }

    public void cancelled(String customId) throws IOException {
        add(customId, "batch_cancelled", "The job was cancelled before the request was run");
    }

    public void add(String customId, String code, String message) throws IOException {
        var line = JSON.createObjectNode();
        line.put("custom_id", customId);
        line.putNull("response");
        line.putObject("error").put("code", code).put("message", message);
        out.write(JSON.writeValueAsString(line));
        out.write('\n');
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** The results in a file; none if there is no file. The stream must be closed. */
    static Stream<BatchResult> read(Path file) {
        return Files.exists(file) ? JsonlReader.results(file).stream().map(SyntheticResults::result) : Stream.empty();
    }

    /** Copies the lines that match; an empty file if there are none. */
    static void copy(Path from, Path to, Predicate<BatchResult> which) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(to))) {
            if (!Files.exists(from)) {
                return;
            }
            try (RawLines lines = RawLines.of(from)) {
                while (lines.next()) {
                    if (which.test(result(BatchResult.parse(lines.bytes())))) {
                        lines.writeTo(out);
                    }
                }
            }
        }
    }

    private static BatchResult result(BatchResult line) {
        return line.error() != null && MISSING.equals(line.error().code()) ? BatchResult.missing(line.customId()) : line;
    }
}
