package io.quarkiverse.openai.batch.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;

/**
 * Measures how long one process and three take to collect the same job, with one engine thread each, from a provider that sends
 * 4 MB a second on a connection. It runs with {@code -Dreplicas.sharing=true}, on a machine that does nothing else; the number
 * of
 * lines is {@code -Dreplicas.sharing.lines}.
 */
@EnabledIfSystemProperty(named = "replicas.sharing", matches = "true")
class ReplicasShareTheWorkIT {

    private static final int LINES = Integer.getInteger("replicas.sharing.lines", 240_000);
    private static final int LINES_A_CHUNK = 10_000;
    private static final int BYTES_A_SECOND = 4_000_000;

    /** Nobody looks at batches until the test asks for it; they run longer than it takes to create all. */
    private static final Map<String, String> ONE_THREAD = Map.of("quarkus.openai-batch.jobs.threads", "1",
            "quarkus.openai-batch.limits.requests", Integer.toString(LINES_A_CHUNK),
            "quarkus.openai-batch.jobs.active-batches", "1000", "quarkus.openai-batch.jobs.poll-interval.min", "10M",
            "quarkus.openai-batch.jobs.poll-interval.max", "10M");

    private record Measured(Duration time, Duration cpu) {
    }

    @Test
    void threeCollectAtLeastTwiceAsFastAsOneForTheSameWork() throws Exception {
        Measured one = collected(1);
        Measured three = collected(3);
        double faster = (double) one.time.toMillis() / three.time.toMillis();
        double work = (double) three.cpu.toMillis() / one.cpu.toMillis();
        System.out.printf("Collecting %d lines: %s by one, %s by three, %.2f times as fast; CPU a line %.2f of one's%n", LINES,
                one, three, faster, work);
        assertThat(faster).isGreaterThanOrEqualTo(2);
        assertThat(work).isLessThanOrEqualTo(1.2);
    }

    private static Measured collected(int processes) throws Exception {
        try (Cluster cluster = new Cluster(2)) {
            List<Replica> replicas = new ArrayList<>();
            IntStream.range(0, processes).forEach(n -> replicas.add(cluster.start(ONE_THREAD)));
            // so that each has compiled its code
            collected(cluster, replicas, "plain-" + processes * 60_000);
            cluster.emulator.faults()
                    .add(RequestFault.on(Operation.DOWNLOAD_FILE).always().bytesPerSecond(BYTES_A_SECOND));
            return collected(cluster, replicas, "plain-" + LINES);
        }
    }

    private static Measured collected(Cluster cluster, List<Replica> replicas, String job) throws Exception {
        Replica first = replicas.get(0);
        int chunks = Integer.parseInt(job.split("-")[1]) / LINES_A_CHUNK;
        assertThat(first.call("POST", "/jobs/" + job, 30).statusCode()).isEqualTo(204);
        Cluster.until("all are uploaded", Duration.ofMinutes(5), () -> states(cluster, job,
                "'UPLOADED', 'ADMITTED', 'CREATING', 'WATCHED'") == chunks);
        first.status("POST", "/jobs/any/recheck");
        Cluster.until("all batches are created", Duration.ofMinutes(5), () -> states(cluster, job, "'WATCHED'") == chunks);
        Cluster.until("all batches have ended", Duration.ofMinutes(5), () -> cluster.emulator.batches().stream()
                .allMatch(batch -> batch.path("status").asText().equals("completed")));
        Duration cpu = cpu(replicas);
        long start = System.nanoTime();
        first.status("POST", "/jobs/any/recheck");
        Cluster.until("all are collected", Duration.ofMinutes(10),
                () -> states(cluster, job, "'COLLECTED', 'HANDED_OVER', 'DONE'") == chunks);
        return new Measured(Duration.ofNanos(System.nanoTime() - start), cpu(replicas).minus(cpu));
    }

    private static long states(Cluster cluster, String job, String states) {
        return cluster
                .count("SELECT count(*) FROM openai_batch_chunks WHERE job = '" + job + "' AND state IN (" + states + ")");
    }

    private static Duration cpu(List<Replica> replicas) {
        return replicas.stream().map(Replica::cpu).reduce(Duration.ZERO, Duration::plus);
    }
}
