package io.quarkiverse.openai.batch.jsonl;

import java.io.IOException;

import io.quarkiverse.openai.batch.jsonl.internal.json.JsonReads;
import io.quarkiverse.openai.batch.jsonl.internal.json.LineJsonParser;

/**
 * The tokens that a line used, whatever its endpoint calls them ({@code prompt_tokens} or {@code input_tokens},
 * {@code completion_tokens} or {@code output_tokens}). A count that is not given is 0; a missing total is the sum.
 *
 * @param inputTokens of the prompt, the cached ones included
 * @param outputTokens of the answer, the reasoning ones included
 * @param totalTokens both
 * @param cachedTokens of the prompt, those read from the provider's cache
 * @param reasoningTokens of the answer, those spent on reasoning
 */
public record Usage(long inputTokens, long outputTokens, long totalTokens, long cachedTokens, long reasoningTokens) {

    public static final Usage NONE = new Usage(0, 0, 0, 0, 0);

    /** The sum, for adding up the lines of a file. */
    public Usage plus(Usage other) {
        return new Usage(inputTokens + other.inputTokens, outputTokens + other.outputTokens,
                totalTokens + other.totalTokens, cachedTokens + other.cachedTokens,
                reasoningTokens + other.reasoningTokens);
    }

    /** What is left of it without another. */
    public Usage minus(Usage other) {
        return new Usage(inputTokens - other.inputTokens, outputTokens - other.outputTokens,
                totalTokens - other.totalTokens, cachedTokens - other.cachedTokens,
                reasoningTokens - other.reasoningTokens);
    }

    /** Reads the next value. */
    public static Usage read(LineJsonParser p) throws IOException {
        if (!JsonReads.object(p)) {
            return NONE;
        }
        long input = 0;
        long output = 0;
        long total = 0;
        long cached = 0;
        long reasoning = 0;
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            switch (name) {
                case "prompt_tokens", "input_tokens" -> input = JsonReads.integer(p);
                case "completion_tokens", "output_tokens" -> output = JsonReads.integer(p);
                case "total_tokens" -> total = JsonReads.integer(p);
                case "prompt_tokens_details", "input_tokens_details" -> cached = detail(p, "cached_tokens");
                case "completion_tokens_details", "output_tokens_details" -> reasoning = detail(p, "reasoning_tokens");
                default -> JsonReads.skip(p);
            }
        }
        return new Usage(input, output, total == 0 ? input + output : total, cached, reasoning);
    }

    private static long detail(LineJsonParser p, String wanted) throws IOException {
        long value = 0;
        if (JsonReads.object(p)) {
            for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
                if (name.equals(wanted)) {
                    value = JsonReads.integer(p);
                } else {
                    JsonReads.skip(p);
                }
            }
        }
        return value;
    }
}
