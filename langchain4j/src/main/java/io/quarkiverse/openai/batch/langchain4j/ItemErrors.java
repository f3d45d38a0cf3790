package io.quarkiverse.openai.batch.langchain4j;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.langchain4j.model.batch.BatchError;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.LineError;

/**
 * Makes langchain4j's error of a line without an answer. Its code is the HTTP status of the line, 0 if there is none. Its
 * details
 * are one map with the outcome, and the code, type, parameter and request id that the provider gave.
 */
final class ItemErrors {

    private ItemErrors() {
    }

    static BatchError of(BatchResult result) {
        String ofProvider = result.error() == null ? null : result.error().message();
        return of(result, Stream.of(ofProvider, result.reason(), message(result)).filter(Objects::nonNull).findFirst().get());
    }

    static BatchError of(BatchResult result, String message) {
        LineError error = result.error() == null ? LineError.of(null, null) : result.error();
        return new BatchError(result.statusCode(), message, List.of(JsonObject.of("outcome", result.outcome().name(),
                "code", error.code(), "type", error.type(), "param", error.param(), "requestId", result.requestId())));
    }

    private static String message(BatchResult result) {
        return switch (result.outcome()) {
            case EXPIRED -> "The request was not run within the completion window";
            case CANCELLED -> "The batch was cancelled before the request was run";
            case MISSING -> "The result files have no line for the request";
            case MALFORMED -> "The result line is malformed";
            case INVALID -> "The answer is not what was asked for";
            default -> "The request failed with status " + result.statusCode();
        };
    }
}
