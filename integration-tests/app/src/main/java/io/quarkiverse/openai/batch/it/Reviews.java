package io.quarkiverse.openai.batch.it;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkiverse.openai.batch.job.BatchSource;
import io.quarkiverse.openai.batch.job.JobName;
import io.quarkiverse.openai.batch.job.OnBatchResult;
import io.quarkiverse.openai.batch.job.event.JobFinished;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.ChatBody;

/** Reviews and their answers, in memory; a real application uses a database. */
@ApplicationScoped
class Reviews {

    private static final String JOBS = "reviews-*";

    private final Map<String, List<Review>> reviews = new ConcurrentHashMap<>();
    private final Map<String, Sentiment> sentiments = new ConcurrentHashMap<>();
    private final Set<String> finished = ConcurrentHashMap.newKeySet();

    void add(String job, List<Review> added) {
        reviews.put(job, List.copyOf(added));
    }

    @BatchSource(JOBS)
    Stream<BatchRequest> requests(JobName job) {
        return reviews.get(job.value()).stream().map(review -> BatchRequest.of(review.id(),
                ChatBody.of("gpt-6-luna").system("Tell what the customer feels.").user(review.text())
                        .answer(Sentiment.class)));
    }

    @OnBatchResult(JOBS)
    void store(BatchResult result) {
        if (result.succeeded()) {
            sentiments.put(result.customId(), result.as(Sentiment.class));
        }
    }

    void finished(@Observes @JobName(JOBS) JobFinished event) {
        finished.add(event.job());
    }

    boolean isFinished(String job) {
        return finished.contains(job);
    }

    Sentiment sentiment(String reviewId) {
        return sentiments.get(reviewId);
    }
}
