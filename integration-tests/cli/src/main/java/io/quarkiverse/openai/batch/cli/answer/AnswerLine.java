package io.quarkiverse.openai.batch.cli.answer;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.LineError;
import io.quarkiverse.openai.batch.jsonl.Moderations;

/**
 * What the user gets for a line of the input.
 *
 * @param id of the line
 * @param outcome what became of it
 * @param text of chat completions, completions and responses
 * @param embedding of embeddings
 * @param moderation of moderations
 * @param body the answer, if it is none of these
 * @param error why there is no answer
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AnswerLine(String id, String outcome, String text, float[] embedding, Moderations.Moderation moderation, JsonNode body,
        Error error) {

    /** Why a line has no answer. */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Error(int status, String code, String message) {

        static Error of(BatchResult result) {
            LineError error = result.error();
            if (error != null) {
                return new Error(result.statusCode(), error.code(), error.message());
            }
            return result.reason() == null && result.statusCode() == 0 ? null
                    : new Error(result.statusCode(), null, result.reason());
        }
    }

    static AnswerLine of(BatchResult result) {
        String id = result.customId();
        String outcome = result.outcome().name().toLowerCase(Locale.ROOT);
        if (!result.succeeded()) {
            return new AnswerLine(id, outcome, null, null, null, null, Error.of(result));
        }
        Moderations.Moderation moderation = result.body() instanceof Moderations moderations
                && !moderations.results().isEmpty() ? moderations.results().get(0) : null;
        boolean isKnown = result.text() != null || result.embedding() != null || moderation != null;
        return new AnswerLine(id, outcome, result.text(), result.embedding(), moderation,
                isKnown ? null : result.bodyJson(), null);
    }
}
