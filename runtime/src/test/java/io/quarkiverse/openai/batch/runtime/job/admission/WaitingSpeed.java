package io.quarkiverse.openai.batch.runtime.job.admission;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.runtime.job.RunnerBench;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings;

/**
 * CPU time of a minute in which one batch runs and 10 or 10,000 chunks wait for their turn, in turns. Prints the medians and
 * their difference, which must be at most 0.1 s.
 */
public final class WaitingSpeed {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int RUNS = 31;

    private WaitingSpeed() {
    }

    public static void main(String[] args) throws IOException {
        Path root = Files.createTempDirectory("waiting-");
        try (RunnerBench few = waiting(root.resolve("few"), 10); RunnerBench many = waiting(root.resolve("many"), 10_000)) {
            double[] ofFew = new double[RUNS];
            double[] ofMany = new double[RUNS];
            for (int run = 0; run < RUNS; run++) {
                ofFew[run] = milliseconds(few);
                ofMany[run] = milliseconds(many);
            }
            System.out.printf("a minute with 10 waiting chunks %.1f ms, with 10,000 %.1f ms, difference %.1f ms%n",
                    median(ofFew), median(ofMany), median(ofMany) - median(ofFew));
        }
    }

    /** One line a chunk, and one batch at a time. */
    private static RunnerBench waiting(Path root, int chunks) {
        RunnerBench bench = new RunnerBench(root);
        bench.settings = JobSettings.of(LineLimits.OPENAI.withRequests(1)).withRoom(0, 1, 0);
        bench.submit(chunks + 1);
        bench.until("a batch runs", () -> bench.provider.batches().size() == 1);
        bench.run(Duration.ofMinutes(10));
        return bench;
    }

    private static double milliseconds(RunnerBench bench) {
        long start = THREADS.getCurrentThreadCpuTime();
        bench.run(Duration.ofMinutes(1));
        return (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
