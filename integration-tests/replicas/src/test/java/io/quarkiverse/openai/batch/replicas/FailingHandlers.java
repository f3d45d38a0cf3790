package io.quarkiverse.openai.batch.replicas;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Singleton;

import io.agroal.api.AgroalDataSource;
import io.quarkiverse.openai.batch.job.JobName;
import io.quarkiverse.openai.batch.job.OnBatchResult;
import io.quarkiverse.openai.batch.job.OnBatchResult.Transaction;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkus.agroal.DataSource;

/** Write rows first, and fail then. */
@Singleton
class FailingHandlers {

    final Map<String, Throwable> failures = new ConcurrentHashMap<>();
    final AtomicInteger calls = new AtomicInteger();
    private final AgroalDataSource datasource;
    private final AgroalDataSource other;

    FailingHandlers(AgroalDataSource datasource, @DataSource("other") AgroalDataSource other) {
        this.datasource = datasource;
        this.other = other;
    }

    private static void insert(AgroalDataSource into, List<BatchResult> results, JobName job) throws SQLException {
        try (Connection connection = into.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO answers (job, custom_id) VALUES (?, ?)")) {
            for (BatchResult result : results) {
                insert.setString(1, job.value());
                insert.setString(2, result.customId());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Fails at each list, and then at a line for good. */
    @OnBatchResult("lists-*")
    void lists(List<BatchResult> results, JobName job) throws SQLException {
        calls.incrementAndGet();
        insert(datasource, results, job);
        if (results.size() > 1 || results.get(0).customId().equals("line-7")) {
            throw new IllegalStateException("after the insert");
        }
    }

    @OnBatchResult("two-*")
    void twoDatasources(List<BatchResult> results, JobName job) throws SQLException {
        try {
            insert(datasource, results, job);
            insert(other, results, job);
        } catch (SQLException e) {
            failures.put(job.value(), e);
            throw e;
        }
    }

    @OnBatchResult(value = "none-*", transaction = Transaction.NONE)
    void noTransaction(List<BatchResult> results, JobName job) throws SQLException {
        insert(datasource, results, job);
        insert(other, results, job);
    }
}
