package io.quarkiverse.openai.batch.benchmarks.work;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import io.quarkiverse.openai.batch.benchmarks.data.Answers;

/**
 * The amount and the place of the measurements; system properties {@code benchmark.*} pass them from process to process.
 *
 * @param warmUps null for those of the scenario
 */
public record Settings(Path directory, long resultBytes, int requestLines, int calls, Integer warmUps, int rounds, URI server) {

    public static final List<Integer> CONCURRENT = List.of(1, 64);

    public static Settings ofSystemProperties() {
        return new Settings(Path.of(System.getProperty("benchmark.directory", "benchmark")),
                Long.getLong("benchmark.result-bytes", 200_000_000), Integer.getInteger("benchmark.request-lines", 50_000),
                Integer.getInteger("benchmark.calls", 12_000), Integer.getInteger("benchmark.warm-ups"),
                Integer.getInteger("benchmark.rounds", 11),
                URI.create(System.getProperty("benchmark.server", "http://localhost")));
    }

    public List<String> asOptions() {
        return List.of("-Dbenchmark.directory=" + directory, "-Dbenchmark.result-bytes=" + resultBytes,
                "-Dbenchmark.request-lines=" + requestLines, "-Dbenchmark.calls=" + calls, "-Dbenchmark.server=" + server);
    }

    public Settings withServer(URI newServer) {
        return new Settings(directory, resultBytes, requestLines, calls, warmUps, rounds, newServer);
    }

    public Path resultFile(Answers answers) {
        return directory.resolve("results-" + answers.name().toLowerCase(Locale.ROOT) + ".jsonl");
    }

    /** The settings of this process. */
    public Path requestFile() {
        return directory.resolve("requests-" + ProcessHandle.current().pid() + ".jsonl");
    }

    /** A call alone takes longer than one of many at once. */
    public int calls(int concurrent) {
        return concurrent == 1 ? calls / 4 : calls;
    }
}
