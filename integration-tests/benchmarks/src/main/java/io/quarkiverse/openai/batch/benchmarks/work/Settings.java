package io.quarkiverse.openai.batch.benchmarks.work;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import io.quarkiverse.openai.batch.benchmarks.data.Answers;

/**
 * The amount and the place of the measurements; system properties {@code benchmark.*} pass them from process to process.
 *
 * @param jobLines the lines of a job
 * @param warmUps null for those of the scenario
 */
public record Settings(Path directory, long resultBytes, int requestLines, int jobLines, int calls, Integer warmUps, int rounds,
        URI server) {

    public static final List<Integer> CONCURRENT = List.of(1, 64);

    /** The most lines of a batch at OpenAI. */
    public static final int LINES_A_BATCH = 50_000;

    public static Settings ofSystemProperties() {
        return new Settings(Path.of(System.getProperty("benchmark.directory", "benchmark")),
                Long.getLong("benchmark.result-bytes", 200_000_000), Integer.getInteger("benchmark.request-lines", 50_000),
                Integer.getInteger("benchmark.job-lines", 200_000),
                Integer.getInteger("benchmark.calls", 12_000), Integer.getInteger("benchmark.warm-ups"),
                Integer.getInteger("benchmark.rounds", 11),
                URI.create(System.getProperty("benchmark.server", "http://localhost")));
    }

    public List<String> asOptions() {
        return List.of("-Dbenchmark.directory=" + directory, "-Dbenchmark.result-bytes=" + resultBytes,
                "-Dbenchmark.request-lines=" + requestLines, "-Dbenchmark.job-lines=" + jobLines,
                "-Dbenchmark.calls=" + calls, "-Dbenchmark.server=" + server);
    }

    public Settings withServer(URI newServer) {
        return new Settings(directory, resultBytes, requestLines, jobLines, calls, warmUps, rounds, newServer);
    }

    public Path resultFile(Answers answers) {
        return directory.resolve("results-" + answers.name().toLowerCase(Locale.ROOT) + ".jsonl");
    }

    /** The requests of this process. */
    public Path requestFile() {
        return directory.resolve("requests-" + ProcessHandle.current().pid() + ".jsonl");
    }

    /** The results of a batch of a job, counted from 0. */
    public Path batchResults(int batch) {
        return directory.resolve("results-of-batch-" + batch + ".jsonl");
    }

    /** The number of batches of a job. */
    public int batches() {
        return (jobLines + LINES_A_BATCH - 1) / LINES_A_BATCH;
    }

    /** The number of lines of a batch of a job. */
    public int linesOf(int batch) {
        return Math.min(LINES_A_BATCH, jobLines - batch * LINES_A_BATCH);
    }

    /** A call alone takes longer than one of many at once. */
    public int calls(int concurrent) {
        return concurrent == 1 ? calls / 4 : calls;
    }
}
