package io.quarkiverse.openai.batch.job;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.RequestLines;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.jsonl.TokenEstimator;
import io.quarkiverse.openai.batch.jsonl.Usage;

/**
 * What requests are expected to use, before any is sent. An answer counts as many tokens as its request allows
 * ({@code max_tokens}, {@code max_completion_tokens}, {@code max_output_tokens}), or as many as its prompt if there is no such
 * limit. Images and other data are not counted.
 *
 * @param lines number of requests
 * @param promptTokens tokens of their prompts
 * @param answerTokens tokens of their answers
 * @param cost what these tokens cost; null if a model has no price
 * @param assumptions what the estimate assumes, a sentence each, for people
 */
public record JobEstimate(long lines, long promptTokens, long answerTokens, BigDecimal cost, List<String> assumptions) {

    /** Of the lines of a model. */
    private static final class Sum {

        private long lines;
        private Usage all = Usage.NONE;
        private Usage longPrompts = Usage.NONE;
        private long withoutLimit;

        private void add(RequestLines line, long longAbove) {
            Usage usage = new Usage(line.promptTokens(), line.answerTokens(), line.promptTokens() + line.answerTokens(), 0, 0);
            lines++;
            all = all.plus(usage);
            longPrompts = line.promptTokens() > longAbove ? longPrompts.plus(usage) : longPrompts;
            withoutLimit += line.hasAnswerLimit() ? 0 : 1;
        }
    }

    /**
     * Estimates requests without a client. The requests are read one at a time, in constant memory.
     *
     * @param requests are read to their end; the caller closes the stream
     * @param estimator counts the tokens of prompts
     * @param prices what the tokens cost
     */
    public static JobEstimate of(Stream<BatchRequest> requests, TokenEstimator estimator, Prices prices) {
        Map<String, Sum> ofModels = new TreeMap<>();
        RequestLines lines = new RequestLines(LineLimits.NONE, estimator);
        requests.forEach(request -> {
            lines.encode(request);
            String model = lines.model() == null ? "" : lines.model();
            ofModels.computeIfAbsent(model, key -> new Sum()).add(lines, prices.longAbove(model));
        });
        return of(ofModels, prices);
    }

    private static JobEstimate of(Map<String, Sum> ofModels, Prices prices) {
        Usage all = ofModels.values().stream().map(sum -> sum.all).reduce(Usage.NONE, Usage::plus);
        BigDecimal cost = BigDecimal.ZERO;
        for (Map.Entry<String, Sum> of : ofModels.entrySet()) {
            BigDecimal ofModel = prices.cost(of.getKey(), of.getValue().all, of.getValue().longPrompts);
            cost = cost == null || ofModel == null ? null : cost.add(ofModel);
        }
        long lines = ofModels.values().stream().mapToLong(sum -> sum.lines).sum();
        return new JobEstimate(lines, all.inputTokens(), all.outputTokens(), cost, assumptions(ofModels, prices));
    }

    private static List<String> assumptions(Map<String, Sum> ofModels, Prices prices) {
        List<String> assumptions = new ArrayList<>();
        assumptions.add("Tokens of prompts are estimated from their texts; images and other data count nothing.");
        long withoutLimit = ofModels.values().stream().mapToLong(sum -> sum.withoutLimit).sum();
        if (withoutLimit > 0) {
            assumptions.add("%d requests do not limit their answers; each of these counts as many tokens as its prompt."
                    .formatted(withoutLimit));
        }
        assumptions.add("No prompt is in the provider's cache, each line is answered once, and no line is sent again.");
        ofModels.forEach((model, sum) -> {
            if (prices.cost(model, sum.all, sum.longPrompts) == null) {
                assumptions.add("The cost is not known, since jobs.prices has none for %s."
                        .formatted(model.isEmpty() ? "requests without a model" : SafeText.of(model, 100)));
            }
        });
        return List.copyOf(assumptions);
    }

    /** Tokens of prompts and answers. */
    public long tokens() {
        return promptTokens + answerTokens;
    }
}
