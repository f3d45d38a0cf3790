package io.quarkiverse.openai.batch.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The server of the jobs is gone for a while, or comes back with what it had before. {@code -Dreplicas.outage} is the number of
 * seconds that it is gone, {@code -Dreplicas.restores} how often it is restored in a job.
 */
class TheDatabaseFailsIT {

    private static final int OUTAGE = Integer.getInteger("replicas.outage", 15);
    private static final int RESTORES = Integer.getInteger("replicas.restores", 1);
    private static final int LINES = 8_000;
    private static final String JOB = "numbers-" + LINES;

    private final Cluster cluster = new Cluster(1_000);

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void aServerThatIsGoneForAWhileCostsTimeAndNothingElse() throws Exception {
        List<Replica> both = List.of(cluster.start(Map.of()), cluster.start(Map.of()));
        submit(both.get(0));
        Cluster.until("batches run", Duration.ofSeconds(60), () -> cluster.emulator.batches().size() >= 3);
        cluster.postgres.stop();
        Thread.sleep(Duration.ofSeconds(OUTAGE).toMillis());
        cluster.postgres.start();
        assertEachLineOnce(both.get(1));
    }

    /** The operator says so at once, while the processes run or after they were started again. */
    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void ofAServerThatHasLostItsLastSecondNothingIsPaidTwice(boolean restarted) throws Exception {
        List<Replica> both = List.of(cluster.start(Map.of()), cluster.start(Map.of()));
        submit(both.get(0));
        for (int restore = 1; restore <= RESTORES; restore++) {
            int batches = cluster.emulator.batches().size();
            Cluster.until("batches run", Duration.ofSeconds(60), () -> cluster.emulator.batches().size() > batches);
            cluster.postgres.copy();
            int known = cluster.emulator.batches().size();
            Cluster.until("more are created", Duration.ofSeconds(60), () -> cluster.emulator.batches().size() > known + 1);
            cluster.postgres.stopImmediately();
            cluster.postgres.restore();
            cluster.postgres.start();
        }
        if (restarted) {
            both.forEach(Replica::kill);
            both = List.of(cluster.start(Map.of()), cluster.start(Map.of()));
        }
        Replica one = both.get(1);
        Cluster.until("the operator says so", Duration.ofSeconds(60), () -> one.status("POST", "/jobs/any/recheck") == 204);
        assertEachLineOnce(one);
    }

    private void submit(Replica replica) throws Exception {
        assertThat(replica.call("POST", "/jobs/" + JOB, 30).statusCode()).isEqualTo(204);
    }

    private void assertEachLineOnce(Replica replica) {
        Cluster.until("it ends", Duration.ofSeconds(200), () -> cluster.isAtRest(replica, JOB));
        JsonNode end = cluster.get(replica, "/jobs/" + JOB, 30);
        assertThat(end.get("state").asText()).as(end.toString()).isEqualTo("FINISHED");
        assertThat(end.get("succeeded").asInt()).isEqualTo(LINES);
        assertThat(end.get("twins").asInt()).isZero();
        assertThat(end.get("handlerFailures").asInt()).isZero();
        assertThat(cluster.get(replica, "/jobs/" + JOB + "/results", 60).toString())
                .isEqualTo("[%d,%d]".formatted(LINES, LINES));
        assertThat(cluster.count("SELECT count(*) FROM answers")).isEqualTo(LINES);
        assertThat(cluster.count("SELECT count(DISTINCT custom_id) FROM answers")).isEqualTo(LINES);
        assertThat(cluster.emulator.ledger().summary().paid()).isEqualTo(LINES);
        assertThat(cluster.emulator.ledger().summary().paidMoreThanOnce()).isZero();
    }
}
