package io.quarkiverse.openai.batch.it;

import java.util.Map;

import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.smallrye.mutiny.Uni;

@Path("/questions")
public class QuestionResource {

    @Inject
    BatchJobs jobs;

    @Inject
    Questions questions;

    /** Responds when the job has ended, so that a test can wait for the response. */
    @POST
    @Path("/{job}")
    public Uni<Map<String, String>> answer(String job, Map<String, String> asked) {
        Uni<JobReport> end = jobs.submit(JobSpec.named(job)
                .requests(() -> asked.entrySet().stream()
                        .map(question -> BatchRequest.chat(question.getKey(), "gpt-6-luna", question.getValue()))))
                .completion();
        return end.map(report -> questions.answers(job));
    }
}
