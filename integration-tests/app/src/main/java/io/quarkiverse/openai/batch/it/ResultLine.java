package io.quarkiverse.openai.batch.it;

import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.JsonlReader;

/**
 * The outcome of a line of the input file.
 *
 * @param error the error's code or status; null if there was none
 */
public record ResultLine(String customId, String outcome, String text, String error) {

    /** One outcome for each line of the input file, in its order. The streams are closed. */
    static List<ResultLine> join(InputStream input, InputStream output, InputStream errors) {
        Map<String, BatchResult> results = new HashMap<>();
        JsonlReader.results(new SequenceInputStream(output, errors))
                .forEach(result -> results.putIfAbsent(result.customId(), result));
        try (Stream<BatchRequest> requests = JsonlReader.requests(input).stream()) {
            return requests.map(BatchRequest::customId)
                    .map(customId -> of(results.getOrDefault(customId, BatchResult.missing(customId)))).toList();
        }
    }

    private static ResultLine of(BatchResult result) {
        return new ResultLine(result.customId(), result.outcome().name(), result.text(),
                result.error() == null ? null : String.valueOf(result.error().code()));
    }
}
