package io.quarkiverse.openai.batch.jsonl;

import java.util.List;

/**
 * The answer of {@code /v1/chat/completions} (openai-openapi, schema CreateChatCompletionResponse, 2026-08-21).
 *
 * @param id null if not given
 * @param model null if not given
 * @param created Unix seconds; 0 if not given
 * @param choices as many as {@code n} asked for, usually one; ordered by their index
 */
public record ChatCompletion(String id, String model, long created, List<Choice> choices) implements ResultBody {

    /**
     * @param index counted from 0
     * @param content null if the model refused or called tools; text parts are joined
     * @param refusal null unless the model refused
     * @param finishReason for example {@code stop}, {@code length}, {@code tool_calls}; null if not given
     * @param toolCalls empty if none
     */
    public record Choice(int index, String content, String refusal, String finishReason, List<ToolCall> toolCalls) {

        /** Without the content. */
        @Override
        public String toString() {
            return "Choice[index=" + index + ", finishReason=" + SafeText.of(finishReason) + "]";
        }
    }

    /** The content of the first choice; null if there is none. */
    public String text() {
        return choices.isEmpty() ? null : choices.get(0).content();
    }
}
