package io.quarkiverse.openai.batch.replicas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.agroal.api.AgroalDataSource;
import io.quarkiverse.openai.batch.collector.BatchCollector;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobQuery;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(PostgresAndEmulator.class)
class JobsTakePartInTransactionsTest {

    @Inject
    BatchJobs jobs;

    @Inject
    AgroalDataSource datasource;

    @Inject
    FailingHandlers handlers;

    private static JobSpec spec(String name, int lines) {
        return JobSpec.named(name).requests(() -> IntStream.range(0, lines)
                .mapToObj(n -> BatchRequest.chat("line-" + n, "gpt-6-luna", "Number " + n)));
    }

    private long rows(String job) throws SQLException {
        try (Connection connection = datasource.getConnection();
                PreparedStatement count = connection.prepareStatement("SELECT count(*) FROM answers WHERE job = ?")) {
            count.setString(1, job);
            try (ResultSet result = count.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    @Test
    void whatAHandlerWroteBeforeItFailedIsNotThere() throws Exception {
        JobReport report = jobs.submit(spec("lists-1", 50)).await(Duration.ofMinutes(1));
        assertThat(report.results().handlerFailed()).isEqualTo(1);
        assertThat(rows("lists-1")).isEqualTo(49);
        assertThat(jobs.find("lists-1").orElseThrow().redeliver()).isEqualTo(1);
        assertThat(rows("lists-1")).isEqualTo(49);
    }

    @Test
    void eachStartOfATestHasANamespaceOfItsOwn() throws Exception {
        jobs.submit(spec("own-namespace", 1)).await(Duration.ofMinutes(1));
        try (Connection connection = datasource.getConnection();
                ResultSet result = connection.createStatement().executeQuery(
                        "SELECT namespace FROM openai_batch_jobs WHERE name = 'own-namespace'")) {
            assertThat(result.next()).isTrue();
            assertThat(result.getString(1)).matches("test-[0-9a-f-]{36}");
        }
    }

    @Test
    void aJobOfATransactionThatIsRolledBackIsNone() {
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
            jobs.submit(spec("rolled-back", 5));
            throw new IllegalStateException("no");
        })).hasMessageContaining("no");
        assertThat(jobs.find("rolled-back")).isEmpty();
    }

    @Test
    void whoSubmitsTheSameNameWaitsForTheTransactionAndHoldsUpNoOther() throws Exception {
        CompletableFuture<BatchJob> other = QuarkusTransaction.requiringNew().timeout(30).call(() -> {
            jobs.submit(spec("same", 5));
            CompletableFuture<BatchJob> same = CompletableFuture.supplyAsync(() -> jobs.submit(spec("same", 5)));
            assertThat(same).failsWithin(Duration.ofSeconds(2)).withThrowableOfType(TimeoutException.class);
            jobs.submit(spec("another", 5));
            return same;
        });
        assertThat(other.get(30, TimeUnit.SECONDS).await(Duration.ofMinutes(1)).lines()).isEqualTo(5);
        assertThat(jobs.find("another").orElseThrow().await(Duration.ofMinutes(1)).lines()).isEqualTo(5);
    }

    @Test
    void nobodyWaitsForAJobInItsOwnTransaction() throws Exception {
        BatchJob job = QuarkusTransaction.requiringNew().call(() -> {
            BatchJob submitted = jobs.submit(spec("own", 5));
            assertThatThrownBy(submitted::await).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in this transaction");
            assertThatThrownBy(submitted::results).isInstanceOf(IllegalStateException.class);
            return submitted;
        });
        assertThat(job.await(Duration.ofMinutes(1)).state()).isEqualTo(JobState.FINISHED);
    }

    @Test
    void whatTheEngineWritesInATransactionThatIsRolledBackStays() throws Exception {
        BatchJob job = jobs.submit(spec("stays", 5));
        job.await(Duration.ofMinutes(1));
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
            job.delete();
            throw new IllegalStateException("no");
        })).hasMessageContaining("no");
        assertThat(jobs.find("stays")).isEmpty();
    }

    @Test
    void aSecondDatasourceIsRefusedWithItsWayOut() throws Exception {
        BatchJob job = jobs.submit(spec("two-1", 3));
        Cluster.until("the method fails", Duration.ofSeconds(30), () -> handlers.failures.containsKey("two-1"));
        assertThat(rows("two-1")).isZero();
        job.cancel();
        job.await(Duration.ofMinutes(1));
        assertThat(rows("two-1")).isZero();
    }

    @Test
    void aRequestOfATransactionIsCollectedIfThatCommits() throws Exception {
        BatchCollector collector = jobs.collector("collected");
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
            collector.add(request("rolled-back"));
            throw new IllegalStateException("no");
        })).hasMessageContaining("no");
        QuarkusTransaction.requiringNew().run(() -> {
            collector.add(request("committed"));
            assertThat(collector.waiting()).isZero();
            assertThatThrownBy(() -> collector.ask(request("asked"))).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in this transaction");
            assertThatThrownBy(collector::flush).isInstanceOf(IllegalStateException.class);
        });
        assertThat(collector.waiting()).isEqualTo(1);
        CompletionStage<BatchResult> asked = collector.ask(request("committed"));
        collector.flush();
        BatchResult answer = asked.toCompletableFuture().get(1, TimeUnit.MINUTES);
        assertThat(answer.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(jobs.list(JobQuery.all().withName("collected-*"))).extracting(job -> job.report().lines())
                .containsExactly(1L);
    }

    private static BatchRequest request(String id) {
        return BatchRequest.chat(id, "gpt-6-luna", "Request " + id);
    }

    @Test
    void aMethodWithoutATransactionWritesToBoth() throws Exception {
        jobs.submit(spec("none-1", 150)).await(Duration.ofMinutes(1));
        assertThat(rows("none-1")).isEqualTo(300);
    }
}
