package io.quarkiverse.openai.batch.it;

import java.util.List;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;

@Path("/reviews")
public class ReviewResource {

    @Inject
    BatchJobs jobs;

    @Inject
    Reviews reviews;

    @POST
    @Path("/jobs/{job}")
    public JobReport submit(String job, List<Review> added) {
        reviews.add(job, added);
        return jobs.submit(JobSpec.named(job)).report();
    }

    @GET
    @Path("/jobs/{job}")
    public JobReport report(String job) {
        return jobs.find(job).orElseThrow(NotFoundException::new).report();
    }

    /** Whether the application was notified of its end. */
    @GET
    @Path("/jobs/{job}/finished")
    public boolean finished(String job) {
        return reviews.isFinished(job);
    }

    @GET
    @Path("/{id}/sentiment")
    public Sentiment sentiment(String id) {
        return reviews.sentiment(id);
    }
}
