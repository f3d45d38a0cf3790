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
 * @param messages the text of each message that has one: some models send a fragment, and the whole after it
 * @param refusal null unless the model refused
 * @param toolCalls the functions that the model wants called; empty if none
 */
public record ModelResponse(String id, String model, long created, String status, String incompleteReason,
        List<String> messages,
        String refusal, List<ToolCall> toolCalls) implements ResultBody {

    /** The text of all messages, joined; null if there is none. */
    public String text() {
        return messages.isEmpty() ? null : String.join("", messages);
    }

    /** Without the text. */
    @Override
    public String toString() {
        return "ModelResponse[id=" + SafeText.of(id) + ", model=" + SafeText.of(model) + ", status=" + SafeText.of(status)
                + "]";
    }
}
