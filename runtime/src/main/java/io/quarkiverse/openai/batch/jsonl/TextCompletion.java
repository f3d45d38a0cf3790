package io.quarkiverse.openai.batch.jsonl;

import java.util.List;

/**
 * The answer of {@code /v1/completions} (openai-openapi, schema CreateCompletionResponse, 2026-08-21).
 *
 * @param id null if not given
 * @param model null if not given
 * @param created Unix seconds; 0 if not given
 * @param choices one for each prompt and {@code n}
 */
public record TextCompletion(String id, String model, long created, List<Choice> choices) implements ResultBody {

    /**
     * @param index counted from 0
     * @param text the completion
     * @param finishReason for example {@code stop} or {@code length}; null if not given
     */
    public record Choice(int index, String text, String finishReason) {

        /** Without the text. */
        @Override
        public String toString() {
            return "Choice[index=" + index + ", finishReason=" + SafeText.of(finishReason) + "]";
        }
    }

    /** The text of the first choice; null if there is none. */
    public String text() {
        return choices.isEmpty() ? null : choices.get(0).text();
    }
}
