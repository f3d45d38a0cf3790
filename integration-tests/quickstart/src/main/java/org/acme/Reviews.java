package org.acme;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.openai.batch.job.BatchSource;
import io.quarkiverse.openai.batch.job.JobName;
import io.quarkiverse.openai.batch.job.OnBatchResult;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.ChatBody;

/** Where the lines of the jobs come from, and where their answers go. */
@ApplicationScoped
public class Reviews {

    static final String JOBS = "reviews-*";

    /** In memory; a real application has a database. */
    private final Map<String, Sentiment> sentiments = new ConcurrentSkipListMap<>();

    @BatchSource(JOBS)
    Stream<BatchRequest> requests(JobName job) {
        BufferedReader lines = new BufferedReader(
                new InputStreamReader(Reviews.class.getResourceAsStream("/reviews.csv"), StandardCharsets.UTF_8));
        return lines.lines().skip(1).map(Reviews::request).onClose(() -> close(lines));
    }

    private static BatchRequest request(String line) {
        String[] review = line.split(",", 2);
        return BatchRequest.of(review[0], ChatBody.of("gpt-6-luna").system("Tell what the customer feels, and why.")
                .user(review[1]).answer(Sentiment.class));
    }

    @OnBatchResult(JOBS)
    void store(BatchResult result) {
        if (result.succeeded()) {
            sentiments.put(result.customId(), result.as(Sentiment.class));
        }
    }

    public Map<String, Sentiment> sentiments() {
        return sentiments;
    }

    private static void close(BufferedReader lines) {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
