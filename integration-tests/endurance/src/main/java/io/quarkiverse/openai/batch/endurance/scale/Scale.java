package io.quarkiverse.openai.batch.endurance.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.emulator.Emulator;
import io.quarkiverse.openai.batch.emulator.EmulatorOptions;
import io.quarkiverse.openai.batch.emulator.control.Limits;
import io.quarkiverse.openai.batch.endurance.process.JobFork;
import io.quarkiverse.openai.batch.endurance.process.JobProcess;
import io.quarkiverse.openai.batch.endurance.process.ProcessOptions;
import io.quarkiverse.openai.batch.endurance.sweep.Arguments;

/** Runs jobs of growing length in a process with a small heap, at an emulator in this one, and prints the time a line. */
public final class Scale {

    private static final double PACE = 10_000;

    private final Path application;
    private final Path directory;
    private final String heap;

    /**
     * @param application the packaged processes
     * @param directory for the jobs
     * @param heap the limit of the process, such as {@code 256m}
     */
    public Scale(Path application, Path directory, String heap) {
        this.application = application;
        this.directory = directory;
        this.heap = heap;
    }

    /**
     * The time and memory of a job.
     *
     * @param batches the number of its batches
     * @param millis from the start of the job to its end
     * @param heap the largest heap in use, in bytes
     */
    public record Measurement(int lines, int batches, long millis, long heap) {

        public double microsALine() {
            return millis * 1e3 / lines;
        }
    }

    /** Runs a job, and checks that each line has succeeded once. */
    public Measurement run(int lines, int linesAChunk) throws IOException {
        Path own = Files.createDirectories(directory.resolve("lines-" + lines));
        try (Emulator emulator = Emulator.start(
                EmulatorOptions.builder().speed(PACE).limits(limits(linesAChunk)).build())) {
            ProcessOptions options = ProcessOptions.of(emulator.baseUrl().toString(), own, lines, linesAChunk);
            try (JobFork fork = new JobFork(application, heap, options, own.resolve("log").toFile(), Duration.ofMinutes(30))) {
                String report = fork.said();
                if (report == null) {
                    throw new IOException("The process failed, see " + own.resolve("log"));
                }
                fork.goOn();
                fork.said();
                check(own, lines);
                Arguments values = new Arguments(report.split(" "));
                return new Measurement(lines, (int) values.number("batches", 0), values.number("millis", 0),
                        values.number("heap", 0));
            }
        }
    }

    /** Files as large as chunks of some providers are. */
    private static Limits limits(int linesAChunk) {
        return Limits.DOCUMENTED.withMaxLines(Math.max(Limits.DOCUMENTED.maxLines(), linesAChunk))
                .withMaxBytes(JobProcess.MOST_BYTES).withMaxUploadBytes(JobProcess.MOST_BYTES);
    }

    private static void check(Path directory, int lines) throws IOException {
        BitSet seen = new BitSet(lines);
        try (Stream<String> outcomes = Files.lines(directory.resolve(JobProcess.OUTCOMES))) {
            outcomes.forEach(outcome -> {
                int line = Integer.parseInt(outcome.substring("line-".length(), outcome.indexOf(' ')));
                if (!outcome.endsWith(" SUCCEEDED") || seen.get(line)) {
                    throw new IllegalStateException("Not one answer a line: " + outcome);
                }
                seen.set(line);
            });
        }
        if (seen.cardinality() != lines) {
            throw new IllegalStateException("%d of %d lines are answered".formatted(seen.cardinality(), lines));
        }
    }

    /** Arguments: {@code heap=256m lines=100000,1000000 chunk=50000}. */
    public static void main(String... arguments) throws IOException {
        Arguments values = new Arguments(arguments);
        Scale scale = new Scale(Path.of("quarkus-app", "quarkus-run.jar"),
                Files.createTempDirectory(Path.of("").toAbsolutePath(), "scale-"),
                values.text("heap", "256m"));
        for (String number : values.text("lines", "100000,1000000").split(",")) {
            int lines = Integer.parseInt(number);
            Measurement measured = scale.run(lines, (int) values.number("chunk", 50_000));
            System.out.printf("%,d lines in %d batches: %.1f s, %.1f µs a line, %d MB of heap at its most%n", lines,
                    measured.batches(), measured.millis() / 1e3, measured.microsALine(), measured.heap() >> 20);
        }
    }
}
