package org.acme;

import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.BatchSource;
import io.quarkiverse.openai.batch.job.JobName;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.OnBatchResult;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;

@Path("/")
public class Greeting {

    @Inject
    BatchJobs jobs;

    @GET
    public String hello() {
        return "Hello";
    }

    @POST
    public void submit() {
        jobs.submit(JobSpec.named("greetings"));
    }

    @BatchSource("greetings")
    Stream<BatchRequest> requests(JobName job) {
        return Stream.of(BatchRequest.chat("1", "gpt-6-luna", "Hello"));
    }

    @OnBatchResult("greetings")
    void store(BatchResult result) {
    }
}
