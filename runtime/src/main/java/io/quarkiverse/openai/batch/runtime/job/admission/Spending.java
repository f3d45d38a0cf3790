package io.quarkiverse.openai.batch.runtime.job.admission;

import java.math.BigDecimal;

import io.quarkiverse.openai.batch.job.Prices;
import io.quarkiverse.openai.batch.jsonl.Usage;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;

/**
 * Tokens, and what they cost.
 *
 * @param tokens of prompts and answers
 * @param cost null if a model among them has no price
 */
public record Spending(long tokens, BigDecimal cost) {

    static final Spending NONE = new Spending(0, BigDecimal.ZERO);

    /** So that no sum overflows. */
    private static final long MOST_TOKENS = 1_000_000_000_000_000L;

    public Spending {
        tokens = Math.min(tokens, MOST_TOKENS);
    }

    static Spending of(ChunkRow chunk, Prices prices) {
        Usage usage = chunk.tally().usage();
        return usage.totalTokens() == 0 ? NONE
                : new Spending(usage.totalTokens(), prices.cost(chunk.input().model(), usage, chunk.tally().longPrompts()));
    }

    Spending plus(Spending other) {
        return new Spending(tokens + other.tokens, cost == null || other.cost == null ? null : cost.add(other.cost));
    }

    Spending minus(Spending other) {
        return new Spending(tokens - other.tokens,
                cost == null || other.cost == null ? null : cost.subtract(other.cost));
    }
}
