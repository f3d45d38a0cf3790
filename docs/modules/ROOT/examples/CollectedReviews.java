package org.acme;

import java.util.concurrent.CompletionStage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.quarkiverse.openai.batch.collector.BatchCollector;
import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;

@ApplicationScoped
class CollectedReviews {

    @Inject
    BatchJobs jobs;

    // tag::add[]
    void posted(String id, String text) {
        BatchCollector reviews = jobs.collector("posted-reviews"); // <1>
        reviews.add(BatchRequest.chat(id, "gpt-6-luna", "Sum up: " + text)); // <2>
    }
    // end::add[]

    // tag::ask[]
    CompletionStage<String> summary(String id, String text) {
        return jobs.collector("posted-reviews").ask(BatchRequest.chat(id, "gpt-6-luna", "Sum up: " + text))
                .thenApply(BatchResult::text);
    }
    // end::ask[]
}
