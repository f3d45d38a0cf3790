package io.quarkiverse.openai.batch.replicas;

import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.job.BatchSource;
import io.quarkiverse.openai.batch.job.JobName;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;

/** The lines of jobs, which any process can read again: their number is the second part of the name. */
class Numbers {

    @BatchSource("numbers-*")
    Stream<BatchRequest> lines(JobName job) {
        int lines = Integer.parseInt(job.value().split("-")[1]);
        return IntStream.range(0, lines).mapToObj(n -> BatchRequest.chat("line-" + n, "gpt-6-luna", "Number " + n));
    }

    /** Lines whose results no method takes. */
    @BatchSource("plain-*")
    Stream<BatchRequest> plain(JobName job) {
        return lines(job);
    }
}
