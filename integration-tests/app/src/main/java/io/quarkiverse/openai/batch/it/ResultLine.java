package io.quarkiverse.openai.batch.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.JsonlReader;

/**
 * What became of a line of the input file.
 *
 * @param error the error's code or status; null if there was none
 */
public record ResultLine(String customId, String outcome, String text, String error) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A line for each of the input file, in its order. The streams are closed. */
    static List<ResultLine> join(InputStream input, InputStream output, InputStream errors) {
        Map<String, BatchResult> results = new HashMap<>();
        JsonlReader.results(new SequenceInputStream(output, errors))
                .forEach(result -> results.putIfAbsent(result.customId(), result));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
            List<ResultLine> joined = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String customId = JSON.readTree(line).path("custom_id").asText();
                joined.add(of(results.getOrDefault(customId, BatchResult.missing(customId))));
            }
            return joined;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ResultLine of(BatchResult result) {
        return new ResultLine(result.customId(), result.outcome().name(), result.text(),
                result.error() == null ? null : String.valueOf(result.error().code()));
    }
}
