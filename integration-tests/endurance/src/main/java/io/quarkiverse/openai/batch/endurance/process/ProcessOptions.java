package io.quarkiverse.openai.batch.endurance.process;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.ProviderFiles;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.StoredResults;

/**
 * The task of a process, passed to it as system properties.
 *
 * @param baseUrl of the emulator
 * @param directory of the job
 * @param lines of the job
 * @param linesAChunk of each batch
 * @param results how long its results are kept
 * @param providerFiles what happens to the files at the emulator
 * @param handled whether a handler receives them; it adds them to {@link JobProcess#HANDLED}
 * @param clockStart of the clock that all processes of a run share
 * @param clockFactor of that clock
 * @param shortestPoll the shortest interval between two looks at the batches
 * @param maxRetries of single calls
 * @param haltAt the point at which it halts, two for each effect: before and after it; 0 for none
 * @param haltAfter the time after which it halts; zero for never
 * @param operator what a person does with the job
 * @param mutant the rule that its client breaks; see {@link Mutants}
 */
public record ProcessOptions(String baseUrl, Path directory, int lines, int linesAChunk, StoredResults results,
        ProviderFiles providerFiles, boolean handled, Instant clockStart, int clockFactor, Duration shortestPoll,
        int maxRetries, int haltAt, Duration haltAfter, Operator operator,
        Mutants.Kind mutant) {

    private static final String PREFIX = "endurance.";

    static ProcessOptions ofSystemProperties() {
        return new ProcessOptions(text("baseUrl"), Path.of(text("directory")), Integer.parseInt(text("lines")),
                Integer.parseInt(text("linesAChunk")), StoredResults.valueOf(text("results")),
                ProviderFiles.valueOf(text("providerFiles")),
                Boolean.parseBoolean(text("handled")), Instant.parse(text("clockStart")),
                Integer.parseInt(text("clockFactor")), Duration.parse(text("shortestPoll")),
                Integer.parseInt(text("maxRetries")), Integer.parseInt(text("haltAt")), Duration.parse(text("haltAfter")),
                Operator.parse(text("operator")), Mutants.Kind.valueOf(text("mutant")));
    }

    private static String text(String name) {
        return System.getProperty(PREFIX + name);
    }

    /** As options of a JVM. */
    public List<String> asOptions() {
        List<String> options = new ArrayList<>();
        for (RecordComponent component : ProcessOptions.class.getRecordComponents()) {
            try {
                options.add("-D" + PREFIX + component.getName() + "=" + component.getAccessor().invoke(this));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return options;
    }

    public ProcessOptions haltingAt(int point) {
        return new ProcessOptions(baseUrl, directory, lines, linesAChunk, results, providerFiles, handled, clockStart,
                clockFactor, shortestPoll, maxRetries, point, Duration.ZERO, operator, mutant);
    }

    public ProcessOptions haltingAfter(Duration time) {
        return new ProcessOptions(baseUrl, directory, lines, linesAChunk, results, providerFiles, handled, clockStart,
                clockFactor, shortestPoll, maxRetries, 0, time, operator, mutant);
    }
}
