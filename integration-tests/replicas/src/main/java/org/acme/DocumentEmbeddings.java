package org.acme;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.BatchSource;
import io.quarkiverse.openai.batch.job.JobName;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.OnBatchFailure;
import io.quarkiverse.openai.batch.job.OnBatchResult;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.EmbeddingsBody;
import io.quarkus.logging.Log;

/** Gives each row of the table {@code documents} that has no embedding one. */
@ApplicationScoped
public class DocumentEmbeddings {

    // tag::submit[]
    @Inject
    BatchJobs jobs;

    @Inject
    DataSource datasource;

    @Transactional // <1>
    public BatchJob backFill() throws SQLException {
        String name = "documents-" + UUID.randomUUID();
        try (Connection connection = datasource.getConnection();
                PreparedStatement claim = connection.prepareStatement("UPDATE documents SET job = ? WHERE job IS NULL")) {
            claim.setString(1, name);
            claim.executeUpdate();
        }
        return jobs.submit(JobSpec.named(name));
    }
    // end::submit[]

    // tag::source[]
    private static final int PAGE = 1_000;
    private static final EmbeddingsBody EMBEDDED = EmbeddingsBody.of("text-embedding-3-small").dimensions(256).base64();

    record Document(long id, String text) {
    }

    @BatchSource("documents-*")
    Stream<BatchRequest> requests(JobName job) {
        return Stream
                .iterate(page(job, Long.MIN_VALUE), page -> !page.isEmpty(), page -> page(job, page.get(page.size() - 1).id))
                .flatMap(List::stream) // <1>
                .map(document -> BatchRequest.of(Long.toString(document.id), EMBEDDED.input(document.text)));
    }

    private List<Document> page(JobName job, long after) {
        try (Connection connection = datasource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT id, text FROM documents WHERE job = ? AND id > ? ORDER BY id LIMIT " + PAGE)) {
            select.setString(1, job.value());
            select.setLong(2, after);
            List<Document> page = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    page.add(new Document(row.getLong(1), row.getString(2)));
                }
            }
            return page;
        } catch (SQLException e) {
            throw new IllegalStateException("The documents of " + job + " could not be read", e);
        }
    }
    // end::source[]

    // tag::store[]
    record Embedded(long id, float[] vector) {
    }

    @OnBatchResult("documents-*")
    void store(List<Embedded> embedded) throws SQLException { // <1>
        try (Connection connection = datasource.getConnection();
                PreparedStatement update = connection.prepareStatement("UPDATE documents SET embedding = ? WHERE id = ?")) {
            for (Embedded document : embedded) {
                update.setObject(1, document.vector); // <2>
                update.setLong(2, document.id);
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    @OnBatchFailure("documents-*")
    void failed(List<BatchResult> results) { // <3>
        results.forEach(result -> Log.warnf("Document %s has no embedding: %s", result.customId(), result.outcome()));
    }
    // end::store[]
}
