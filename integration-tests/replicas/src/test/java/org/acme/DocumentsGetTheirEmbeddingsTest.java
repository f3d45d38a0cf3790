package org.acme;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.agroal.api.AgroalDataSource;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.replicas.PostgresAndEmulator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The back-fill of the documentation. */
@QuarkusTest
@QuarkusTestResource(PostgresAndEmulator.class)
class DocumentsGetTheirEmbeddingsTest {

    private static final int ROWS = 100_000;

    @Inject
    DocumentEmbeddings embeddings;

    @Inject
    AgroalDataSource datasource;

    @BeforeEach
    void addDocuments() throws SQLException {
        execute("DROP TABLE IF EXISTS documents");
        execute("CREATE TABLE documents (id bigint PRIMARY KEY, text text NOT NULL, job text, embedding real[])");
        execute("CREATE INDEX ON documents (job, id)");
        execute("INSERT INTO documents (id, text) SELECT n, 'Document ' || n FROM generate_series(1, " + ROWS + ") AS n");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = datasource.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long count(String condition) throws SQLException {
        try (Connection connection = datasource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM documents WHERE " + condition)) {
            result.next();
            return result.getLong(1);
        }
    }

    @Test
    void eachRowOnceAndALaterRunHasNothingToDo() throws Exception {
        JobReport report = embeddings.backFill().await(Duration.ofMinutes(10));
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(ROWS);
        assertThat(report.results().handlerFailed()).isZero();
        assertThat(count("cardinality(embedding) = 256")).isEqualTo(ROWS);
        // the emulator's vectors depend on the text
        assertThat(count("embedding = (SELECT embedding FROM documents WHERE id = 1)")).isEqualTo(1);

        assertThat(embeddings.backFill().await(Duration.ofMinutes(1)).lines()).isZero();
    }
}
