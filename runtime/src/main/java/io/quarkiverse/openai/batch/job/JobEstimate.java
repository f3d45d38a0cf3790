package io.quarkiverse.openai.batch.job;

import java.math.BigDecimal;

/**
 * What a job is expected to use. A rule of thumb: four bytes of text are a token, an answer has as many tokens as its request
 * allows ({@code max_tokens} and its successors), or else as many as its prompt; images and other data are not counted. Jobs
 * that run correct it by what their answers say.
 *
 * @param lines requests
 * @param promptTokens tokens of their prompts
 * @param answerTokens tokens of their answers
 * @param cost at the configured prices ({@code jobs.prices}); null if a model has none
 */
public record JobEstimate(long lines, long promptTokens, long answerTokens, BigDecimal cost) {

    /** Tokens of prompts and answers. */
    public long tokens() {
        return promptTokens + answerTokens;
    }
}
