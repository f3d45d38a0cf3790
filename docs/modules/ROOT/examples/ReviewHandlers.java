package org.acme;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkiverse.openai.batch.job.JobName;
import io.quarkiverse.openai.batch.job.OnBatchResult;
import io.quarkiverse.openai.batch.job.event.JobFinished;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.Outcome;

@ApplicationScoped
public class ReviewHandlers {

    private final Map<String, String> answers = new ConcurrentHashMap<>();

    // tag::handlers[]
    @OnBatchResult("reviews-*") // <1>
    void store(BatchResult result) { // <2>
        if (result.succeeded()) {
            answers.put(result.customId(), result.text()); // <3>
        }
    }

    void finished(@Observes @JobName("reviews-*") JobFinished event) { // <4>
        System.out.println(event.job() + ": " + event.report().count(Outcome.SUCCEEDED));
    }
    // end::handlers[]

    String answer(String id) {
        return answers.get(id);
    }
}
