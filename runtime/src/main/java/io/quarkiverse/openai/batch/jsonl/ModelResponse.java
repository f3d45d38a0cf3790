package io.quarkiverse.openai.batch.jsonl;

import java.util.List;

/**
 * The answer of {@code /v1/responses} (openai-openapi, schema Response, 2026-08-21).
 *
 * @param id null if not given
 * @param model null if not given
 * @param created Unix seconds; 0 if not given
 * @param status for example {@code completed}, {@code incomplete}, {@code failed}; null if not given
 * @param incompleteReason for example {@code max_output_tokens}; null unless incomplete
 * @param text the text of all messages, joined; null if there is none
 * @param refusal null unless the model refused
 * @param toolCalls the functions that the model wants called; empty if none
 */
public record ModelResponse(String id, String model, long created, String status, String incompleteReason, String text,
        String refusal, List<ToolCall> toolCalls) implements ResultBody {

    /** Without the text. */
    @Override
    public String toString() {
        return "ModelResponse[id=" + SafeText.of(id) + ", model=" + SafeText.of(model) + ", status=" + SafeText.of(status)
                + "]";
    }
}
