package io.quarkiverse.openai.batch.replicas;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import jakarta.transaction.Transactional;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;

import io.agroal.api.AgroalDataSource;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.Outcome;

/** What the test asks of a process. */
@Path("/jobs/{name}")
public class JobsResource {

    private final BatchJobs jobs;
    private final AgroalDataSource datasource;

    JobsResource(BatchJobs jobs, AgroalDataSource datasource) {
        this.jobs = jobs;
        this.datasource = datasource;
    }

    /** A job, in short. */
    public record Status(String state, String reason, long lines, long succeeded, long unsuccessful, int batches, int twins,
            long handlerFailures) {

        static Status of(JobReport report) {
            return new Status(report.state().name(), report.reason(), report.lines(), report.count(Outcome.SUCCEEDED),
                    report.lines() - report.count(Outcome.SUCCEEDED), report.sending().batches(), report.sending().duplicates(),
                    report.results().handlerFailed());
        }
    }

    /** Stores a row of the application and a job, or neither. */
    @POST
    @Transactional
    public void submit(@PathParam("name") String name, @QueryParam("fail") @DefaultValue("false") boolean fail)
            throws SQLException {
        try (Connection connection = datasource.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO submissions (job) VALUES (?)")) {
            insert.setString(1, name);
            insert.executeUpdate();
        }
        jobs.submit(JobSpec.named(name));
        if (fail) {
            throw new IllegalStateException("The application changes its mind");
        }
    }

    /** Adds requests to a collector one by one. */
    @POST
    @Path("/requests")
    public void collect(@PathParam("name") String collector, @QueryParam("from") int from, @QueryParam("to") int to) {
        for (int n = from; n < to; n++) {
            jobs.collector(collector).add(request(n));
        }
    }

    private static BatchRequest request(int n) {
        return BatchRequest.chat("line-" + n, "gpt-6-luna", "Number " + n);
    }

    /** The outcome of a request that is added, or was. */
    @GET
    @Path("/requests/{n}")
    public String ask(@PathParam("name") String collector, @PathParam("n") int n)
            throws InterruptedException, ExecutionException, TimeoutException {
        return jobs.collector(collector).ask(request(n)).toCompletableFuture().get(2, TimeUnit.MINUTES).outcome().name();
    }

    private BatchJob job(String name) {
        return jobs.find(name).orElseThrow(NotFoundException::new);
    }

    @GET
    public Status status(@PathParam("name") String name) {
        return Status.of(job(name).report());
    }

    /** What an operator calls after the database was restored to an earlier point. */
    @POST
    @Path("/recheck")
    public void recheck() {
        jobs.recheck();
    }

    /** Waits for the end of a job, whoever runs it. */
    @GET
    @Path("/end")
    public Status end(@PathParam("name") String name, @QueryParam("seconds") @DefaultValue("60") int seconds)
            throws TimeoutException {
        return Status.of(job(name).await(Duration.ofSeconds(seconds)));
    }

    /** The number of different results, and of all. */
    @GET
    @Path("/results")
    public long[] results(@PathParam("name") String name) {
        Set<String> ids = new HashSet<>();
        long[] counts = new long[2];
        try (Stream<BatchResult> results = job(name).results()) {
            results.forEach(result -> {
                ids.add(result.customId());
                counts[1]++;
            });
        }
        counts[0] = ids.size();
        return counts;
    }
}
