package io.quarkiverse.openai.batch.cli.answer;

import io.quarkiverse.openai.batch.jsonl.ChatCompletion;
import io.quarkiverse.openai.batch.jsonl.EmbeddingList;
import io.quarkiverse.openai.batch.jsonl.ModelResponse;
import io.quarkiverse.openai.batch.jsonl.Moderations;
import io.quarkiverse.openai.batch.jsonl.ResultBody;
import io.quarkiverse.openai.batch.jsonl.TextCompletion;

/**
 * Of how many parts an answer is: choices, vectors, moderations, a text and calls of tools.
 *
 * @param number 0 if the answer is of no type that is known, or has nothing in it
 * @param moderation the first one; null if there is none
 */
record AnswerParts(int number, Moderations.Moderation moderation) {

    static AnswerParts of(ResultBody body) {
        if (body instanceof ChatCompletion chat) {
            return new AnswerParts(chat.choices().stream().mapToInt(AnswerParts::parts).sum(), null);
        }
        if (body instanceof TextCompletion completion) {
            return new AnswerParts(completion.choices().size(), null);
        }
        if (body instanceof ModelResponse response) {
            return new AnswerParts(response.messages().size() + response.toolCalls().size(), null);
        }
        if (body instanceof EmbeddingList list) {
            return new AnswerParts(list.embeddings().size(), null);
        }
        return body instanceof Moderations moderations && !moderations.results().isEmpty()
                ? new AnswerParts(moderations.results().size(), moderations.results().get(0))
                : new AnswerParts(0, null);
    }

    private static int parts(ChatCompletion.Choice choice) {
        // one that has nothing but its reasoning, or calls of tools, is shown whole
        return choice.toolCalls().isEmpty() && choice.content() != null ? 1 : 2;
    }

    boolean isOne() {
        return number == 1;
    }
}
