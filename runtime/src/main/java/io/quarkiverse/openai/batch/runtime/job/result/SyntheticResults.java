package io.quarkiverse.openai.batch.runtime.job.result;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.openai.batch.jsonl.BatchResult;

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
    static Stream<BatchResult> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Stream.empty();
        }
        BufferedReader lines = Files.newBufferedReader(file);
        return lines.lines().map(SyntheticResults::result).onClose(() -> {
            try {
                lines.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Copies the lines of these results; an empty file if there is none to copy. */
    static void copy(Path from, Path to, Predicate<BatchResult> which) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(to)) {
            if (!Files.exists(from)) {
                return;
            }
            try (BufferedReader in = Files.newBufferedReader(from)) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    if (which.test(result(line))) {
                        out.write(line);
                        out.write('\n');
                    }
                }
            }
        }
    }

    private static BatchResult result(String line) {
        try {
            JsonNode parsed = JSON.readTree(line);
            return MISSING.equals(parsed.path("error").path("code").asText())
                    ? BatchResult.missing(parsed.path("custom_id").asText())
                    : BatchResult.parse(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
