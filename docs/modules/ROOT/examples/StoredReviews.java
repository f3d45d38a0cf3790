package org.acme;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

import javax.sql.DataSource;

import jakarta.inject.Inject;

import io.quarkiverse.openai.batch.job.OnBatchResult;
import io.quarkiverse.openai.batch.jsonl.BatchResult;

class StoredReviews {

    // tag::once[]
    @Inject
    DataSource datasource;

    @OnBatchResult("reviews-*")
    void store(List<BatchResult> results) throws SQLException { // <1>
        try (Connection connection = datasource.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO reviews (id, text) VALUES (?, ?)")) {
            for (BatchResult result : results) {
                insert.setString(1, result.customId());
                insert.setString(2, result.text());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    } // <2>
      // end::once[]
}
