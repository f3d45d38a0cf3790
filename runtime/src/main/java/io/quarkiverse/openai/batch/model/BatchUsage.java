package io.quarkiverse.openai.batch.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The tokens of a whole batch (openai-openapi, schema Batch, 2026-08-21).
 *
 * @param inputTokens tokens of all requests
 * @param inputTokensDetails what is known of them; may be null
 * @param outputTokens tokens of all answers
 * @param outputTokensDetails what is known of them; may be null
 * @param totalTokens the sum of both
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BatchUsage(
        @JsonProperty("input_tokens") long inputTokens,
        @JsonProperty("input_tokens_details") InputTokensDetails inputTokensDetails,
        @JsonProperty("output_tokens") long outputTokens,
        @JsonProperty("output_tokens_details") OutputTokensDetails outputTokensDetails,
        @JsonProperty("total_tokens") long totalTokens) {

    /** @param cachedTokens tokens of the requests that came out of the prompt cache */
    public record InputTokensDetails(@JsonProperty("cached_tokens") long cachedTokens) {
    }

    /** @param reasoningTokens tokens of the answers that were spent on reasoning */
    public record OutputTokensDetails(@JsonProperty("reasoning_tokens") long reasoningTokens) {
    }
}
