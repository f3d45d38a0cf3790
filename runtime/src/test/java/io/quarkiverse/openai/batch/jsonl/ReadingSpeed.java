package io.quarkiverse.openai.batch.jsonl;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntFunction;

import com.fasterxml.jackson.core.JsonParser;
import com.sun.management.OperatingSystemMXBean;

import io.quarkiverse.openai.batch.jsonl.internal.json.Json;
import io.quarkiverse.openai.batch.jsonl.internal.read.LineReader;

/**
 * How fast result files of 200 MB are read on one thread with 64 MB of heap, against Jackson's raw tokenising of the same
 * bytes.
 * Each measure has a JVM of its own, in turns, so that neither profits or suffers from what the other's code was compiled for.
 * The time is the processor's, garbage collection included, which other work on the machine does not count in.
 */
public final class ReadingSpeed {

    private static final OperatingSystemMXBean PROCESS = ManagementFactory
            .getPlatformMXBean(OperatingSystemMXBean.class);
    private static final long FILE_BYTES = 200_000_000;
    private static final int FORKS = 3;
    private static final int RUNS = 12;

    private ReadingSpeed() {
    }

    public static void main(String[] args) throws Exception {
        if (args.length == 2) {
            System.out.println(measure(args[0], Path.of(args[1])));
            return;
        }
        compare("chat", ResultLines::chat);
        compare("responses", ResultLines::response);
        compare("embeddings", i -> ResultLines.embedding(i, 1536));
    }

    private static void compare(String name, IntFunction<String> line) throws Exception {
        Path file = Files.createTempFile("results", ".jsonl");
        try {
            fill(file, line);
            double[] scan = new double[FORKS];
            double[] tokens = new double[FORKS];
            double[] results = new double[FORKS];
            for (int fork = 0; fork < FORKS; fork++) {
                scan[fork] = fork("scan", file);
                tokens[fork] = fork("tokenise", file);
                results[fork] = fork("read", file);
            }
            System.out.printf("%-10s newline scan %5.0f MB/s, tokenising %4.0f, results %4.0f = %.2f of tokenising%n", name,
                    median(scan), median(tokens), median(results), median(results) / median(tokens));
        } finally {
            Files.delete(file);
        }
    }

    private static double fork(String measure, Path file) throws Exception {
        return Double.parseDouble(ForkedJvm.run(ReadingSpeed.class, measure, file.toString()));
    }

    /** The median of the second half of the runs, in MB/s. */
    private static double measure(String measure, Path file) throws IOException {
        double[] speeds = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            speeds[run] = speed(file, () -> switch (measure) {
                case "scan" -> scan(file);
                case "tokenise" -> tokenise(file);
                default -> read(JsonlReader.results(file));
            });
        }
        return median(Arrays.copyOfRange(speeds, RUNS / 2, RUNS));
    }

    private static void fill(Path file, IntFunction<String> line) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            long bytes = 0;
            for (int i = 0; bytes < FILE_BYTES; i++) {
                String text = line.apply(i);
                out.write(text);
                out.newLine();
                bytes += text.length() + 1;
            }
        }
    }

    private static long scan(Path file) throws IOException {
        try (LineReader lines = new LineReader(Files.newInputStream(file), null, 1 << 20)) {
            long count = 0;
            while (lines.next()) {
                count++;
            }
            return count;
        }
    }

    private static long tokenise(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file); JsonParser p = Json.FACTORY.createParser(in)) {
            long count = 0;
            while (p.nextToken() != null) {
                count++;
            }
            return count;
        }
    }

    private static long read(JsonlReader<BatchResult> reader) {
        long[] sum = new long[1];
        reader.forEach(result -> {
            sum[0] += result.usage().totalTokens() + result.customId().length()
                    + (result.text() == null ? result.embedding().length : result.text().length());
        });
        return sum[0];
    }

    private static double speed(Path file, Work work) throws IOException {
        long start = PROCESS.getProcessCpuTime();
        long result = work.run();
        double seconds = (PROCESS.getProcessCpuTime() - start) / 1e9;
        if (result == 0) {
            throw new IllegalStateException("Nothing was read");
        }
        return Files.size(file) / 1e6 / seconds;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private interface Work {
        long run() throws IOException;
    }
}
