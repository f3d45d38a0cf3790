package org.acme;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.ChatBody;
import io.quarkus.runtime.annotations.RegisterForReflection;

@ApplicationScoped
public class Opinions {

    private final Map<String, Opinion> stored = new ConcurrentHashMap<>();

    // tag::type[]
    @RegisterForReflection
    record Opinion(
            @JsonPropertyDescription("Why, in one sentence") String reason, // <1>
            Mood mood,
            List<String> products) {

        enum Mood {
            PLEASED,
            ANNOYED
        }
    }
    // end::type[]

    // tag::job[]
    @Inject
    BatchJobs jobs;

    void read(Map<String, String> reviews) {
        BatchJob job = jobs.submit(JobSpec.named("opinions-2026-11")
                .requests(() -> reviews.entrySet().stream().map(review -> BatchRequest.of(review.getKey(),
                        ChatBody.of("gpt-6-luna")
                                .system("What does the customer think?")
                                .user(review.getValue())
                                .answer(Opinion.class))))); // <1>
        job.await();
        try (Stream<BatchResult> results = job.results()) {
            results.filter(BatchResult::succeeded)
                    .forEach(result -> store(result.customId(), result.as(Opinion.class))); // <2>
        }
    }
    // end::job[]

    private void store(String id, Opinion opinion) {
        stored.put(id, opinion);
    }

    Opinion opinion(String id) {
        return stored.get(id);
    }
}
