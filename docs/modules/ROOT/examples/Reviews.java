package org.acme;

import java.util.function.Supplier;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;

@ApplicationScoped
public class Reviews {

    // tag::job[]
    @Inject
    BatchJobs jobs;

    JobReport classify(String name, Supplier<Stream<String>> reviews) {
        BatchJob job = jobs.submit(JobSpec.named(name) // <1>
                .requests(() -> reviews.get() // <2>
                        .map(review -> BatchRequest.chat(id(review), "gpt-6-luna", "Positive or negative? " + review))));
        JobReport report = job.await(); // <3>
        try (Stream<BatchResult> results = job.results()) { // <4>
            results.forEach(result -> store(result.customId(), result.text()));
        }
        return report;
    }
    // end::job[]

    private static String id(String review) {
        return Integer.toHexString(review.hashCode());
    }

    private void store(String id, String answer) {
        // wherever answers go
    }
}
