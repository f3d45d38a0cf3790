package io.quarkiverse.openai.batch.runtime.dev;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.LineError;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.jsonl.SafeText;

/**
 * What became of a line.
 *
 * @param text the beginning of its answer, or of its error
 */
public record AnswerView(String id, Outcome outcome, String text) {

    private static final int TEXT = 500;

    static AnswerView of(BatchResult result) {
        return new AnswerView(SafeText.of(result.customId(), 200), result.outcome(), SafeText.of(text(result), TEXT));
    }

    private static String text(BatchResult result) {
        LineError error = result.error();
        if (!result.succeeded()) {
            return error == null ? "status " + result.statusCode() : error.code() + ": " + error.message();
        }
        String text = result.text();
        return text != null ? text : String.valueOf(result.bodyJson());
    }
}
