package io.quarkiverse.openai.batch.langchain4j;

import dev.langchain4j.model.output.TokenUsage;
import io.quarkiverse.openai.batch.jsonl.Usage;

/** Makes langchain4j's counts of tokens. */
final class TokenCounts {

    private TokenCounts() {
    }

    /** Null if the provider gave none. */
    static TokenUsage of(Usage usage) {
        return usage.equals(Usage.NONE) ? null
                : new TokenUsage(count(usage.inputTokens()), count(usage.outputTokens()), count(usage.totalTokens()));
    }

    private static int count(long tokens) {
        return (int) Math.min(Integer.MAX_VALUE, tokens);
    }
}
