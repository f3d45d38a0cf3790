package io.quarkiverse.openai.batch.replicas;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

import io.agroal.api.AgroalDataSource;
import io.quarkiverse.openai.batch.job.JobName;
import io.quarkiverse.openai.batch.job.OnBatchResult;
import io.quarkiverse.openai.batch.jsonl.BatchResult;

/** Writes the answers to a table of the application that takes each of them as often as it comes. */
class Answers {

    private final AgroalDataSource datasource;

    Answers(AgroalDataSource datasource) {
        this.datasource = datasource;
    }

    @OnBatchResult("numbers-*")
    void store(List<BatchResult> results, JobName job) throws SQLException {
        try (Connection connection = datasource.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO answers (job, custom_id) VALUES (?, ?)")) {
            for (BatchResult result : results) {
                insert.setString(1, job.value());
                insert.setString(2, result.customId());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
