package org.acme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestStreamElementType;

import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.BatchSource;
import io.quarkiverse.openai.batch.job.JobName;
import io.quarkiverse.openai.batch.job.JobProgress;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.OnBatchFailure;
import io.quarkiverse.openai.batch.job.OnBatchResult;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.ChatBody;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;

/** Asks what the customers of {@code reviews.csv} feel, and stores the answers in a table. */
@ApplicationScoped
@Path("/reviews")
public class Reviews {

    private static final String MODEL = "gpt-6-luna";
    private static final String QUESTION = "What does the customer feel, and why?";

    // tag::answer[]
    public record Sentiment(String reason, Mood mood) {

        public enum Mood {
            POSITIVE,
            NEUTRAL,
            NEGATIVE
        }
    }
    // end::answer[]

    // tag::job[]
    @Inject
    BatchJobs jobs;

    @POST
    public JobReport submit() throws IOException {
        return jobs.submit(JobSpec.named(jobName())).report(); // <1>
    }

    @BatchSource("reviews-*") // <2>
    Stream<BatchRequest> requests(JobName job) throws IOException {
        return csv().map(line -> line.split(",", 2))
                .map(review -> BatchRequest.of(review[0],
                        ChatBody.of(MODEL).system(QUESTION).user(review[1]).answer(Sentiment.class)));
    }
    // end::job[]

    // tag::store[]
    @Inject
    DataSource datasource;

    @OnBatchResult("reviews-*") // <1>
    void store(String id, Sentiment answer) throws SQLException {
        try (Connection connection = datasource.getConnection();
                PreparedStatement row = connection.prepareStatement("MERGE INTO sentiment VALUES (?, ?, ?)")) { // <2>
            row.setString(1, id);
            row.setString(2, answer.mood().name());
            row.setString(3, answer.reason());
            row.executeUpdate();
        }
    }

    @OnBatchFailure("reviews-*") // <3>
    void failed(BatchResult result) {
        Log.warnf("Review %s has no answer: %s", result.customId(), result.outcome());
    }
    // end::store[]

    /** A row of the table. */
    public record Row(String id, String mood, String reason) {
    }

    @GET
    public List<Row> rows() throws SQLException {
        try (Connection connection = datasource.getConnection();
                PreparedStatement select = connection.prepareStatement("SELECT id, mood, reason FROM sentiment ORDER BY id");
                ResultSet found = select.executeQuery()) {
            List<Row> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(new Row(found.getString(1), found.getString(2), found.getString(3)));
            }
            return rows;
        }
    }

    /** The progress as it changes, as server-sent events, until the job ends. */
    @GET
    @Path("/progress")
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    public Multi<JobProgress> progress() throws IOException {
        return jobs.find(jobName()).orElseThrow(NotFoundException::new).progress();
    }

    // tag::name[]
    /** The same file and question have the same name, so that they are not paid twice. */
    private static String jobName() throws IOException {
        try (Stream<String> lines = csv()) {
            int hash = lines.map(String::hashCode).reduce((MODEL + QUESTION).hashCode(), (sum, line) -> 31 * sum + line);
            return "reviews-" + Integer.toHexString(hash);
        }
    }
    // end::name[]

    /** The lines of the file after its header: an id, a comma, and a text. */
    private static Stream<String> csv() throws IOException {
        return Files.lines(Paths.get("reviews.csv")).skip(1);
    }
}
