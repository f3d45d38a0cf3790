package io.quarkiverse.openai.batch.cli.answer;

import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.LineError;
import io.quarkiverse.openai.batch.jsonl.Moderations;
import io.quarkiverse.openai.batch.jsonl.SafeText;

/**
 * What the user gets for a line of the input.
 *
 * @param id of the line
 * @param outcome what became of it
 * @param text of chat completions, completions and responses
 * @param finish why the model stopped before the end of its answer, such as {@code length}
 * @param embedding of embeddings
 * @param moderation of moderations
 * @param body the whole answer, if it is none of these or has more than one of them
 * @param error why there is no answer
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AnswerLine(String id, String outcome, String text, String finish, float[] embedding, Moderations.Moderation moderation,
        JsonNode body,
        Error error) {

    /** Reasons of a model that has said all it wanted to. */
    private static final Set<String> WHOLE = Set.of("stop", "completed", "tool_calls", "function_call", "eos");

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
            return new AnswerLine(id, outcome, null, null, null, null, null, Error.of(result));
        }
        AnswerParts parts = AnswerParts.of(result.body());
        return parts.isOne()
                ? new AnswerLine(id, outcome, result.text(), finish(result), result.embedding(), parts.moderation(), null, null)
                : new AnswerLine(id, outcome, result.text(), finish(result), null, null, result.bodyJson(), null);
    }

    private static String finish(BatchResult result) {
        String reason = result.finishReason();
        return reason == null || WHOLE.contains(reason) ? null : SafeText.of(reason, 50);
    }
}
