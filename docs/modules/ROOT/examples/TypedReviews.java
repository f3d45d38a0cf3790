package org.acme;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.openai.batch.job.BatchCheck;
import io.quarkiverse.openai.batch.job.OnBatchFailure;
import io.quarkiverse.openai.batch.job.OnBatchResult;
import io.quarkiverse.openai.batch.jsonl.BatchResult;

@ApplicationScoped
class TypedReviews {

    private final Map<Long, Verdict> verdicts = new ConcurrentHashMap<>();
    private final Map<String, String> failures = new ConcurrentHashMap<>();

    // tag::types[]
    record Verdict(String reason, int stars) {
    }

    @OnBatchResult("verdicts-*")
    void store(Long id, Verdict verdict) { // <1>
        verdicts.put(id, verdict);
    }

    @OnBatchFailure("verdicts-*")
    void failed(BatchResult result) { // <2>
        failures.put(result.customId(), result.outcome().name());
    }
    // end::types[]

    // tag::list[]
    record Row(Long id, Verdict verdict) {
    }

    @OnBatchResult("many-verdicts-*")
    void storeAll(List<Row> rows) {
        rows.forEach(row -> verdicts.put(row.id(), row.verdict()));
    }

    @OnBatchFailure("many-verdicts-*")
    void failedAll(List<BatchResult> results) {
        results.forEach(result -> failures.put(result.customId(), result.outcome().name()));
    }
    // end::list[]

    // tag::check[]
    @BatchCheck("verdicts-*")
    String check(Long id, Verdict verdict) {
        return verdict.stars() < 1 || verdict.stars() > 5 ? "stars are from 1 to 5" : null; // <1>
    }
    // end::check[]
}
