package io.quarkiverse.openai.batch.emulator.answer;

import com.fasterxml.jackson.databind.JsonNode;

/** How the emulator counts tokens: one for every four characters begun, summed over the texts. */
public final class Tokens {

    private static final int CHARACTERS_PER_TOKEN = 4;

    private Tokens() {
    }

    public static long of(String text) {
        return (text.length() + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
    }

    /**
     * Tokens of an input of completions, embeddings or moderations: a text, token numbers, or an array of either.
     */
    static long ofInput(JsonNode input) {
        if (input.isTextual()) {
            return of(input.textValue());
        }
        if (input.isNumber()) {
            return 1;
        }
        long tokens = 0;
        for (JsonNode element : input) {
            tokens += ofInput(element);
        }
        return tokens;
    }
}
