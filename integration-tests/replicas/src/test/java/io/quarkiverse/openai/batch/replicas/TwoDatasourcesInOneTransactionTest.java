package io.quarkiverse.openai.batch.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.agroal.api.AgroalDataSource;
import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** Both are XA, and the transaction manager recovers. Each method writes to both, and so each line is there twice. */
@QuarkusTest
@TestProfile(TwoDatasourcesInOneTransactionTest.WithXa.class)
@QuarkusTestResource(PostgresAndEmulator.class)
class TwoDatasourcesInOneTransactionTest {

    public static class WithXa implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.datasource.jdbc.transactions", "xa", "quarkus.datasource.other.jdbc.transactions", "xa",
                    "quarkus.transaction-manager.enable-recovery", "true",
                    "quarkus.transaction-manager.object-store.directory", "target/object-store-" + System.nanoTime());
        }
    }

    @Inject
    BatchJobs jobs;

    @Inject
    AgroalDataSource datasource;

    private JobReport run(String name) throws Exception {
        return jobs.submit(JobSpec.named(name).requests(() -> IntStream.range(0, 250)
                .mapToObj(n -> BatchRequest.chat("line-" + n, "gpt-6-luna", "Number " + n)))).await(Duration.ofMinutes(2));
    }

    private long count(String what) throws SQLException {
        try (Connection connection = datasource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT " + what)) {
            result.next();
            return result.getLong(1);
        }
    }

    @Test
    void takeTheRowsOfAListAndItsCheckpointOrNeither() throws Exception {
        assertThat(run("two-xa").results().handlerFailed()).isZero();
        assertThat(count("count(*) FROM answers WHERE job = 'two-xa'")).isEqualTo(500);
        assertThat(count("count(*) FROM pg_prepared_xacts")).isZero();
    }

    @Test
    void takeBackWhatAMethodWroteBeforeItFailed() throws Exception {
        JobReport report = run("lists-xa");
        assertThat(report.results().handlerFailed()).isEqualTo(1);
        assertThat(count("count(*) FROM answers WHERE job = 'lists-xa'")).isEqualTo(249);
    }
}
