package io.quarkiverse.openai.batch.runtime.job.admission;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.job.JobEstimate;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.RequestFacts;
import io.quarkiverse.openai.batch.jsonl.TokenEstimator;
import io.quarkiverse.openai.batch.runtime.job.setup.Prices;

/** Finds what requests are expected to cost, before any is sent. */
public final class JobEstimator {

    private final TokenEstimator estimator;
    private final Prices prices;
    private final Map<String, Sum> ofModels = new TreeMap<>();
    private long lines;

    public JobEstimator(TokenEstimator estimator, Prices prices) {
        this.estimator = estimator;
        this.prices = prices;
    }

    private record Sum(long promptTokens, long answerTokens) {

        Sum plus(Sum other) {
            return new Sum(promptTokens + other.promptTokens, answerTokens + other.answerTokens);
        }
    }

    /** The next request line. */
    public void add(byte[] line) {
        RequestFacts facts = RequestFacts.of(line, estimator);
        lines++;
        ofModels.merge(facts.model() == null ? "" : facts.model(), new Sum(facts.promptTokens(), facts.answerTokens()),
                Sum::plus);
    }

    /** Of all requests, in constant memory. */
    public JobEstimate of(Stream<BatchRequest> requests) {
        requests.forEach(request -> add(request.toLine()));
        return total();
    }

    /** Of what was added. */
    public JobEstimate total() {
        Sum total = ofModels.values().stream().reduce(new Sum(0, 0), Sum::plus);
        return new JobEstimate(lines, total.promptTokens(), total.answerTokens(), cost());
    }

    private BigDecimal cost() {
        BigDecimal cost = BigDecimal.ZERO;
        for (Map.Entry<String, Sum> of : ofModels.entrySet()) {
            BigDecimal ofModel = prices.of(of.getKey(), of.getValue().promptTokens(), of.getValue().answerTokens());
            if (ofModel == null) {
                return null;
            }
            cost = cost.add(ofModel);
        }
        return cost;
    }
}
