package io.quarkiverse.openai.batch.test.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import io.quarkiverse.openai.batch.emulator.control.ForeignBatches;
import io.quarkiverse.openai.batch.emulator.control.Ledger;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.JobClient;
import io.quarkiverse.openai.batch.runtime.job.JobSettings.ResultsHome;

/** One run of a job over a provider that misbehaves, in a process that halts some times and is started again. */
final class CrashSweep {

    private static final int SPEED = 1000;
    /** Batches take some twenty minutes, longer than the provider has to settle. */
    private static final double PACE = 0.01;
    private static final int POINTS = 90;

    private final long seed;
    private final Random random;
    private final UnaryOperator<JobClient> mutation;
    private final Duration atMost;
    private final int lines;

    /**
     * @param mutation how the client of the job is spoilt; the identity for not
     * @param atMost how long a start of the process may take
     */
    CrashSweep(long seed, UnaryOperator<JobClient> mutation, Duration atMost) {
        this.seed = seed;
        this.random = new Random(seed * 31 + 7);
        this.mutation = mutation;
        this.atMost = atMost;
        this.lines = 101 + random.nextInt(150);
    }

    /** @throws AssertionError if something that always holds did not */
    void run() {
        try (JobBench bench = new JobBench(SPEED, PACE, seed)) {
            boolean copied = random.nextBoolean();
            bench.results(copied ? ResultsHome.DIRECTORY : ResultsHome.PROVIDER);
            bench.emulator.addForeignBatches(ForeignBatches.over(Duration.ofMinutes(5), random.nextInt(150)));
            new RandomFaults(random).addTo(bench.emulator.faults());
            runToTheEnd(bench);
            check(bench, copied);
        }
    }

    private void runToTheEnd(JobBench bench) {
        int halts = 1 + random.nextInt(3);
        int point = 1 + (int) (seed % POINTS);
        for (int i = 0; i < halts; i++) {
            start(bench, new Halting(point));
            point = 1 + random.nextInt(POINTS / 2);
        }
        start(bench, new Halting(0));
    }

    private void start(JobBench bench, Halting halting) {
        bench.storeWrap = halting::of;
        bench.clientWrap = client -> halting.of(mutation.apply(client));
        try {
            Awaitility.await("seed " + seed).atMost(atMost).pollInterval(Duration.ofMillis(2))
                    .until(() -> halting.hasHalted() || hasEnded(bench));
        } catch (Halting.Halt halted) {
            // what the test itself called was halted
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            throw new AssertionError("Seed " + seed + ": the job has not ended: " + bench.store.jobs()
                    + bench.store.chunks("numbers") + bench.emulator.batches().stream().limit(10).toList(), e);
        }
        if (halting.hasHalted()) {
            bench.stop();
        }
    }

    private boolean hasEnded(JobBench bench) {
        JobSpec spec = JobBench.spec("numbers", lines);
        BatchJob job = bench.runner().submit(spec);
        JobReport report = job.report();
        if (report.state() == JobState.PAUSED) {
            job.resume();
        }
        return report.state().isTerminal();
    }

    private void check(JobBench bench, boolean copied) {
        bench.emulator.faults().clear();
        JobReport report = bench.job().report();
        Ledger.Summary ledger = bench.ledger();
        assertThat(bench.emulator.ledger().paidMoreThanOnce(5)).as("seed %d: lines paid twice", seed).isEmpty();
        assertThat(report.twins()).as("seed %d: twins", seed).isZero();
        try (Stream<BatchResult> results = bench.job().results()) {
            assertThat(results.map(BatchResult::customId).sorted().toList()).as("seed %d: one outcome a line", seed)
                    .isEqualTo(JobBench.requests(lines).map(BatchRequest::customId).sorted().toList());
        }
        assertThat(report.count(Outcome.SUCCEEDED)).as("seed %d: no answer is lost", seed)
                .isEqualTo(ledger.paid() - ledger.undelivered());
        assertThat(bench.emulator.batches().stream().filter(batch -> !batch.path("foreign").asBoolean())
                .map(batch -> batch.path("status").asText()).toList()).as("seed %d: nothing runs on", seed)
                .isSubsetOf(List.of("completed", "failed", "expired", "cancelled"));
        if (copied) {
            assertThat(bench.emulator.files()).as("seed %d: files left over", seed).isEmpty();
        }
    }
}
