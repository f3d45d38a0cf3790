package io.quarkiverse.openai.batch.runtime.job.spool;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.ChatBody;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.RequestWriter;

/**
 * CPU time of spooling a job of 50,000 lines, against {@link RequestWriter} with checks and digest and the same lines, in
 * turns. Prints both medians and their ratio, which must be at most 1.3.
 */
public final class SpoolingSpeed {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int LINES = 50_000;
    private static final int RUNS = 40;
    private static final String TEXT = "I bought this for my mother, and she likes it. The \"quick start\" is short, but all is "
            + "there.\nDelivery took four days; the box was open on one side, nothing was missing. Would buy it again. ";

    private SpoolingSpeed() {
    }

    private interface Work {
        void run(int number) throws IOException;
    }

    public static void main(String[] args) throws IOException {
        Path root = Files.createTempDirectory("speed-");
        double[] writing = new double[RUNS];
        double[] spooling = new double[RUNS];
        try (SpoolBench bench = new SpoolBench(root)) {
            for (int run = 0; run < RUNS; run++) {
                writing[run] = milliseconds(run, number -> write(root.resolve("file.jsonl")));
                spooling[run] = milliseconds(run, number -> spool(bench, "job-" + number));
            }
        } finally {
            MillionLines.delete(root);
        }
        double writer = median(writing);
        double spool = median(spooling);
        System.out.printf("%d lines: writer %.0f ms, spool %.0f ms, ratio %.2f%n", LINES, writer, spool, spool / writer);
    }

    private static Stream<BatchRequest> requests() {
        ChatBody template = ChatBody.of("gpt-6-luna").system("Positive, negative or neutral? Answer with one word.")
                .maxCompletionTokens(10);
        return IntStream.range(0, LINES).mapToObj(n -> BatchRequest.of("review-" + n, template.user(TEXT + n)));
    }

    private static void write(Path file) throws IOException {
        RequestWriter.withLimits(LineLimits.OPENAI).write(requests(), file);
        Files.delete(file);
    }

    private static void spool(SpoolBench bench, String job) throws IOException {
        bench.spool(job, LineLimits.OPENAI, SpoolingSpeed::requests);
        bench.store.delete(bench.store.job(job).orElseThrow());
    }

    private static double milliseconds(int run, Work work) throws IOException {
        long start = THREADS.getCurrentThreadCpuTime();
        work.run(run);
        return (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
    }

    /** Of the second half, which is compiled. */
    private static double median(double[] values) {
        double[] sorted = Arrays.copyOfRange(values, values.length / 2, values.length);
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
