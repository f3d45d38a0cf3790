package io.quarkiverse.openai.batch.jsonl;

import io.quarkiverse.openai.batch.model.BatchUsage;

/**
 * The tokens that a line used, whatever its endpoint calls them ({@code prompt_tokens} or {@code input_tokens},
 * {@code completion_tokens} or {@code output_tokens}). A count that is not given is 0; a missing total is the sum.
 * {@link BatchUsage} is that of a
 * whole batch.
 *
 * @param inputTokens of the prompt, the cached ones included
 * @param outputTokens of the answer, the reasoning ones included
 * @param totalTokens both
 * @param cachedTokens of the prompt, those read from the provider's cache
 * @param reasoningTokens of the answer, those spent on reasoning
 */
public record Usage(long inputTokens, long outputTokens, long totalTokens, long cachedTokens, long reasoningTokens) {

    public static final Usage NONE = new Usage(0, 0, 0, 0, 0);

    /** What a sum of counts ends at, so that sums of sums do not overflow. */
    private static final long MOST = 1_000_000_000_000_000L;

    /** The sum, for adding up the lines of a file; each count ends at 10<sup>15</sup>. */
    public Usage plus(Usage other) {
        return new Usage(sum(inputTokens, other.inputTokens), sum(outputTokens, other.outputTokens),
                sum(totalTokens, other.totalTokens), sum(cachedTokens, other.cachedTokens),
                sum(reasoningTokens, other.reasoningTokens));
    }

    /** What is left without a part of it; no count is less than 0. */
    public Usage minus(Usage part) {
        return new Usage(Math.max(0, inputTokens - part.inputTokens), Math.max(0, outputTokens - part.outputTokens),
                Math.max(0, totalTokens - part.totalTokens), Math.max(0, cachedTokens - part.cachedTokens),
                Math.max(0, reasoningTokens - part.reasoningTokens));
    }

    private static long sum(long one, long other) {
        return Math.min(MOST, Math.min(MOST, one) + Math.min(MOST, other));
    }
}
