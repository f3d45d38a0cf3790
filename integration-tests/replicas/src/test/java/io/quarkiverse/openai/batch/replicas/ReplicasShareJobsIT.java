package io.quarkiverse.openai.batch.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.emulator.EmulatorOptions;

/**
 * Three processes share jobs. The number of lines, of faults and of runs can be set with {@code -Dreplicas.lines},
 * {@code -Dreplicas.faults} and {@code -Dreplicas.seeds}.
 */
class ReplicasShareJobsIT {

    private static final int LINES = Integer.getInteger("replicas.lines", 12_000);
    private static final int FAULTS = Integer.getInteger("replicas.faults", 4);
    private static final int SEEDS = Integer.getInteger("replicas.seeds", 1);
    private static final int FIRST_SEED = Integer.getInteger("replicas.seed", 1);
    private static final int SECONDS = Integer.getInteger("replicas.seconds", 400);

    private Cluster cluster;

    @AfterEach
    void close() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void aJobThatOneProcessSubmitsEndsOnAll() throws Exception {
        cluster = new Cluster(2_000);
        Replica one = cluster.start(Map.of());
        Replica other = cluster.start(Map.of("quarkus.openai-batch.jobs.enabled", "false"));
        assertThat(other.call("POST", "/jobs/numbers-5000?fail=true", 20).statusCode()).isEqualTo(500);
        assertThat(cluster.count("SELECT count(*) FROM submissions")).isZero();
        assertThat(other.call("GET", "/jobs/numbers-5000", 20).statusCode()).isEqualTo(404);
        List<CompletableFuture<Integer>> both = Stream.of(one, other)
                .map(replica -> CompletableFuture.supplyAsync(() -> replica.status("POST", "/jobs/numbers-5000"))).toList();
        assertThat(both).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(204));
        assertThat(cluster.count("SELECT count(*) FROM submissions")).isEqualTo(2);
        JsonNode end = cluster.get(other, "/jobs/numbers-5000/end?seconds=240", 250);
        assertThat(end.get("state").asText()).isEqualTo("FINISHED");
        assertThat(end.get("succeeded").asInt()).isEqualTo(5_000);
        assertEachLineOnce("numbers-5000", 5_000);
        assertThat(cluster.get(one, "/jobs/numbers-5000/results", 60).toString()).isEqualTo("[5000,5000]");
        assertThat(cluster.get(other, "/jobs/numbers-5000/results", 60).toString()).isEqualTo("[5000,5000]");
    }

    /** Nobody would look for ten minutes. */
    @Test
    void aWebhookThatComesToAProcessWhichRunsNothingWakesTheOthers() throws Exception {
        String secret = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
        int port = Replica.freePort();
        cluster = new Cluster(EmulatorOptions.builder().speed(200).webhookSecret(secret)
                .webhook(URI.create("http://127.0.0.1:" + port + "/openai-batch/webhook")));
        Map<String, String> slow = Map.of("quarkus.openai-batch.jobs.poll-interval.min", "10M",
                "quarkus.openai-batch.jobs.poll-interval.max", "10M", "quarkus.openai-batch.webhook.secrets", secret);
        Map<String, String> called = new HashMap<>(slow);
        called.putAll(Map.of("quarkus.openai-batch.jobs.enabled", "false", Replica.PORT, Integer.toString(port)));
        Replica one = cluster.start(slow);
        Replica other = cluster.start(called);
        assertThat(one.call("POST", "/jobs/numbers-500", 20).statusCode()).isEqualTo(204);
        JsonNode end = cluster.get(other, "/jobs/numbers-500/end?seconds=240", 250);
        assertThat(end.get("succeeded").asInt()).isEqualTo(500);
    }

    @Test
    void whatProcessesCollectIsAnsweredOnceThoughOneIsKilled() throws Exception {
        cluster = new Cluster(2_000);
        Map<String, String> often = Map.of("quarkus.openai-batch.jobs.collector.age", "2S",
                "quarkus.openai-batch.jobs.collector.lines", "300");
        Map<String, String> idle = new HashMap<>(often);
        idle.put("quarkus.openai-batch.jobs.enabled", "false");
        Replica one = cluster.start(often);
        Replica other = cluster.start(idle);
        List<CompletableFuture<?>> collecting = Stream.of(one, other).<CompletableFuture<?>> map(replica -> CompletableFuture
                .runAsync(() -> replica.status("POST", "/jobs/numbers/requests?from=0&to=2000"))).toList();
        Cluster.until("jobs were submitted", Duration.ofSeconds(60),
                () -> cluster.count("SELECT count(DISTINCT job) FROM openai_batch_collected") >= 2);
        one.kill();
        collecting.forEach(calls -> calls.exceptionally(killed -> null).join());
        Replica next = cluster.start(often);
        assertThat(next.call("POST", "/jobs/numbers/requests?from=0&to=2000", 120).statusCode()).isEqualTo(204);
        assertThat(next.call("GET", "/jobs/numbers/requests/7", 150).body()).isEqualTo("SUCCEEDED");
        assertThat(other.call("GET", "/jobs/numbers/requests/1999", 150).body()).isEqualTo("SUCCEEDED");
        Cluster.until("all answers are stored", Duration.ofSeconds(120),
                () -> cluster.count("SELECT count(*) FROM answers") >= 2_000);
        assertThat(cluster.count("SELECT count(DISTINCT custom_id) FROM answers")).isEqualTo(2_000);
        assertThat(cluster.count("SELECT count(*) FROM answers")).isEqualTo(2_000);
        assertThat(cluster.emulator.ledger().summary().paid()).isEqualTo(2_000);
        assertThat(cluster.emulator.ledger().summary().paidMoreThanOnce()).isZero();
    }

    @Test
    void whateverHappensToProcessesEachLineHasOneOutcomeAndEachRowIsWrittenOnce() throws Exception {
        for (int seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            cluster = new Cluster(1_000);
            run(seed);
            cluster.close();
            cluster = null;
        }
    }

    private void run(int seed) throws Exception {
        Random random = new Random(seed);
        String job = "numbers-%d-%d".formatted(LINES, seed);
        for (int n = 0; n < 3; n++) {
            cluster.start(Map.of());
        }
        assertThat(cluster.replicas().get(0).call("POST", "/jobs/" + job, 30).statusCode()).isEqualTo(204);
        List<String> events = new ArrayList<>();
        for (int fault = 0; fault < FAULTS; fault++) {
            Thread.sleep(2_000 + random.nextInt(3_000));
            events.add(fault(random));
        }
        Cluster.until("it ends; " + events, Duration.ofSeconds(SECONDS),
                () -> cluster.isAtRest(cluster.replicas().get(0), job));
        JsonNode end = cluster.get(cluster.replicas().get(0), "/jobs/" + job, 60);
        System.out.println("Seed " + seed + ": " + events + " " + end);
        assertThat(end.get("state").asText()).as(end.toString()).isEqualTo("FINISHED");
        assertThat(end.get("succeeded").asInt()).isEqualTo(LINES);
        assertThat(end.get("handlerFailures").asInt()).isZero();
        assertThat(cluster.get(cluster.replicas().get(0), "/jobs/" + job + "/results", 120).toString())
                .isEqualTo("[%d,%d]".formatted(LINES, LINES));
        assertThat(cluster.count("SELECT count(*) FROM answers WHERE job = '" + job + "'")).isEqualTo(LINES);
        assertThat(cluster.count("SELECT count(DISTINCT custom_id) FROM answers WHERE job = '" + job + "'")).isEqualTo(LINES);
        if (end.get("twins").asInt() == 0) {
            assertThat(cluster.emulator.ledger().summary().paidMoreThanOnce()).as("lines paid twice; " + events).isZero();
        } else {
            assertThat(events).as("a twin comes from a process that was stopped").anyMatch(event -> event.startsWith("stop"));
        }
    }

    /** Kills, stops or cuts one of the processes off, or all of them; another one may start. */
    private String fault(Random random) throws Exception {
        List<Replica> alive = cluster.replicas();
        Replica one = alive.get(random.nextInt(alive.size()));
        switch (random.nextInt(4)) {
            case 0:
                one.kill();
                cluster.start(Map.of());
                return "kill " + one.name();
            case 1:
                one.stop();
                Thread.sleep(3_000 + random.nextInt(9_000));
                one.goOn();
                return "stop " + one.name();
            case 2:
                alive.forEach(Replica::cutOff);
                Thread.sleep(3_000 + random.nextInt(9_000));
                alive.forEach(Replica::heal);
                return "outage";
            default:
                one.cutOff();
                Thread.sleep(3_000 + random.nextInt(9_000));
                one.heal();
                return "cut " + one.name();
        }
    }

    private void assertEachLineOnce(String job, int lines) {
        assertThat(cluster.count("SELECT count(*) FROM answers WHERE job = '" + job + "'")).isEqualTo(lines);
        assertThat(cluster.count("SELECT count(DISTINCT custom_id) FROM answers WHERE job = '" + job + "'")).isEqualTo(lines);
        assertThat(cluster.emulator.ledger().summary().paid()).isEqualTo(lines);
    }
}
