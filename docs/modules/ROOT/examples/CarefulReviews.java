package org.acme;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobEstimate;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.Outcome;

@ApplicationScoped
public class CarefulReviews {

    @Inject
    BatchJobs jobs;

    // tag::limits[]
    JobSpec careful(String name, Supplier<Stream<BatchRequest>> requests) {
        return JobSpec.named(name).requests(requests)
                .maxCost(new BigDecimal("25")) // <1>
                .canary(50, 0.02) // <2>
                .deadline(Instant.now().plus(Duration.ofDays(2))) // <3>
                .priority(10) // <4>
                .tag("team", "search"); // <5>
    }
    // end::limits[]

    // tag::estimate[]
    JobEstimate estimate(JobSpec spec) {
        return jobs.estimate(spec); // <1>
    }
    // end::estimate[]

    // tag::rerun[]
    JobReport again(String name) {
        BatchJob job = jobs.find(name).orElseThrow();
        job.rerun(Set.of(Outcome.FAILED, Outcome.EXPIRED)); // <1>
        job.await();
        job.rerunIf(result -> result.succeeded() && result.text().isBlank()); // <2>
        return job.await();
    }
    // end::rerun[]
}
