package org.acme;

import java.util.List;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestStreamElementType;

import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobProgress;
import io.quarkiverse.openai.batch.job.JobQuery;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.smallrye.mutiny.Multi;

/** Jobs over HTTP: submit, watch, control. Copy it, and add who may do this. */
@Path("/jobs")
public class JobResource {

    @Inject
    BatchJobs jobs;

    /** The newest jobs. */
    @GET
    public List<JobReport> list() {
        return jobs.list(JobQuery.all().withPage(0, 100)).stream().map(BatchJob::report).toList();
    }

    /** Submits a job, or attaches to it: the name decides, so a call that is repeated submits nothing twice. */
    @POST
    @Path("/{name}")
    public JobReport submit(String name) {
        return jobs.submit(JobSpec.named(name)).report();
    }

    @GET
    @Path("/{name}")
    public JobReport report(String name) {
        return job(name).report();
    }

    /** The progress as it changes, as server-sent events, until the job ends. */
    @GET
    @Path("/{name}/progress")
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    public Multi<JobProgress> progress(String name) {
        return job(name).progress();
    }

    @POST
    @Path("/{name}/pause")
    public void pause(String name) {
        job(name).pause();
    }

    @POST
    @Path("/{name}/resume")
    public void resume(String name) {
        job(name).resume();
    }

    /** Answers that were paid for are still collected. */
    @DELETE
    @Path("/{name}")
    public void cancel(String name) {
        job(name).cancel();
    }

    private BatchJob job(String name) {
        return jobs.find(name).orElseThrow(NotFoundException::new);
    }
}
