package io.quarkiverse.openai.batch.emulator.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The beginning that a prompt shares with the line before, for the same model: from 1,024 tokens on, in steps of 128 (OpenAI's
 * guide on prompt caching, 2026-08-21). A provider's cache knows more than one line, and for some minutes; this one depends on
 * the file alone.
 */
public final class PromptCache {

    private static final long LEAST = 1_024;
    private static final long STEP = 128;

    private String model = "";
    private String prompt = "";

    /** The tokens of a prompt that are read from the cache. The next prompt is compared with this one. */
    public long tokens(Answers answers, ObjectNode body) {
        String nextModel = body.path("model").asText();
        String next = answers.prompt(body);
        long shared = nextModel.equals(model) ? Tokens.of(next.substring(0, sharedLength(prompt, next))) : 0;
        model = nextModel;
        prompt = next;
        return shared < LEAST ? 0 : shared - shared % STEP;
    }

    private static int sharedLength(String one, String other) {
        int most = Math.min(one.length(), other.length());
        int length = 0;
        while (length < most && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return length;
    }
}
