package io.quarkiverse.openai.batch.job;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.RequestLines;
import io.quarkiverse.openai.batch.jsonl.TokenEstimator;

/**
 * What requests are expected to use, before any is sent. An answer counts as many tokens as its request allows
 * ({@code max_tokens}, {@code max_completion_tokens}, {@code max_output_tokens}), or as many as its prompt if there is no such
 * limit. Images and other data are not counted.
 *
 * @param lines number of requests
 * @param promptTokens tokens of their prompts
 * @param answerTokens tokens of their answers
 * @param cost what these tokens cost; null if a model has no price
 */
public record JobEstimate(long lines, long promptTokens, long answerTokens, BigDecimal cost) {

    /**
     * Estimates requests without a client. The requests are read one at a time, in constant memory.
     *
     * @param requests are read to their end; the caller closes the stream
     * @param estimator counts the tokens of prompts
     * @param prices what the tokens cost
     */
    public static JobEstimate of(Stream<BatchRequest> requests, TokenEstimator estimator, Prices prices) {
        Map<String, JobEstimate> ofModels = new TreeMap<>();
        RequestLines lines = new RequestLines(LineLimits.NONE, estimator);
        requests.forEach(request -> {
            lines.encode(request);
            ofModels.merge(lines.model() == null ? "" : lines.model(),
                    new JobEstimate(1, lines.promptTokens(), lines.answerTokens(), null), JobEstimate::plus);
        });
        JobEstimate none = new JobEstimate(0, 0, 0, BigDecimal.ZERO);
        return ofModels.entrySet().stream().map(of -> of.getValue().at(prices, of.getKey())).reduce(none, JobEstimate::plus);
    }

    private JobEstimate at(Prices prices, String model) {
        return new JobEstimate(lines, promptTokens, answerTokens, prices.cost(model, promptTokens, answerTokens));
    }

    private JobEstimate plus(JobEstimate other) {
        return new JobEstimate(lines + other.lines, promptTokens + other.promptTokens, answerTokens + other.answerTokens,
                cost == null || other.cost == null ? null : cost.add(other.cost));
    }

    /** Tokens of prompts and answers. */
    public long tokens() {
        return promptTokens + answerTokens;
    }
}
