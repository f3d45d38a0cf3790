package org.acme;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.ChatBody;
import io.quarkus.runtime.annotations.RegisterForReflection;

@ApplicationScoped
public class Sentiments {

    private final Map<String, Sentiment> stored = new ConcurrentHashMap<>();

    // tag::job[]
    @Inject
    BatchJobs jobs;

    void classify(List<Review> reviews) {
        ChatBody question = ChatBody.of("gpt-6-luna").system("What is the sentiment?").answer(Sentiment.class);
        BatchJob job = jobs.submit(JobSpec.named("sentiments-2026-11")
                .requests(() -> reviews.stream()
                        .map(review -> BatchRequest.of(review.id(), question.user(review.text())))));
        job.await();
        try (Stream<BatchResult> results = job.results()) {
            results.forEach(result -> store(result.customId(), result.as(Sentiment.class)));
        }
    }
    // end::job[]

    record Review(String id, String text) {
    }

    // tag::register[]
    @RegisterForReflection
    record Sentiment(String label, double confidence) {
    }
    // end::register[]

    private void store(String id, Sentiment sentiment) {
        stored.put(id, sentiment);
    }

    Sentiment sentiment(String id) {
        return stored.get(id);
    }
}
