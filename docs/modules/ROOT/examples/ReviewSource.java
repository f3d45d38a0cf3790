package org.acme;

import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.job.BatchSource;
import io.quarkiverse.openai.batch.job.JobName;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;

public class ReviewSource {

    // tag::source[]
    @BatchSource("reviews-*")
    Stream<BatchRequest> lines(JobName job) {
        return reviewsOf(job.value()).map(review -> BatchRequest.chat(review.id(), "gpt-6-luna", review.text()));
    }
    // end::source[]

    record Review(String id, String text) {
    }

    private Stream<Review> reviewsOf(String job) {
        return IntStream.range(0, 20).mapToObj(n -> new Review(job + "-" + n, "Works well."));
    }
}
