package io.quarkiverse.openai.batch.endurance.process;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.ProviderFiles;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.StoredResults;

/**
 * The task of a process, passed to it as system properties.
 *
 * @param baseUrl of the emulator
 * @param directory of the job
 * @param database the JDBC URL of the database that stores the job; empty if the directory does
 * @param lines of the job
 * @param linesAChunk of each batch
 * @param results how long its results are kept
 * @param providerFiles what happens to the files at the emulator
 * @param handled whether a handler receives them; it adds them to {@link JobProcess#HANDLED}
 * @param clockStart of the clock that all processes of a run share
 * @param clockFactor of that clock
 * @param shortestPoll the shortest interval between two looks at the batches
 * @param maxRetries of single calls
 * @param haltAfter the time after which it halts; zero for never
 * @param plan what happens at its effects
 * @param clockAhead how far its wall clock is ahead of the true time
 * @param account the account that its client is for
 * @param powerLoss if it is not 0, a halt loses what was not forced to disk, decided by this number
 * @param user how its source and its handler behave
 * @param operator what a person does with the job
 * @param invalidAttempts how often lines with an invalid answer are sent again; -1 if no answer can be invalid
 * @param mutant the rule that it breaks; see {@link Mutants}
 */
public record ProcessOptions(String baseUrl, Path directory, String database, int lines, int linesAChunk,
        StoredResults results, ProviderFiles providerFiles, boolean handled, Instant clockStart, int clockFactor,
        Duration shortestPoll,
        int maxRetries, Duration haltAfter, Plan plan, Duration clockAhead, String account, long powerLoss, UserCode user,
        Operator operator, int invalidAttempts, Mutants.Kind mutant) {

    private static final String PREFIX = "endurance.";

    /** Nothing misbehaves, and nobody does anything with the job. */
    public static ProcessOptions of(String baseUrl, Path directory, int lines, int linesAChunk) {
        return new ProcessOptions(baseUrl, directory, "", lines, linesAChunk, StoredResults.KEEP, ProviderFiles.DELETE, false,
                Instant.now(), 1, Duration.ofMillis(100), 2, Duration.ZERO, Plan.NONE, Duration.ZERO, JobProcess.ACCOUNT, 0,
                UserCode.USUAL, Operator.NOBODY, -1, Mutants.Kind.NONE);
    }

    /** Whether chunks have more lines than OpenAI takes. */
    boolean hasLargeChunks() {
        return linesAChunk > LineLimits.OPENAI.requests();
    }

    static ProcessOptions ofSystemProperties() {
        return new ProcessOptions(text("baseUrl"), Path.of(text("directory")), text("database"),
                Integer.parseInt(text("lines")),
                Integer.parseInt(text("linesAChunk")), StoredResults.valueOf(text("results")),
                ProviderFiles.valueOf(text("providerFiles")), Boolean.parseBoolean(text("handled")),
                Instant.parse(text("clockStart")), Integer.parseInt(text("clockFactor")),
                Duration.parse(text("shortestPoll")), Integer.parseInt(text("maxRetries")), Duration.parse(text("haltAfter")),
                Plan.parse(text("plan")), Duration.parse(text("clockAhead")), text("account"),
                Long.parseLong(text("powerLoss")), UserCode.parse(text("user")), Operator.parse(text("operator")),
                Integer.parseInt(text("invalidAttempts")), Mutants.Kind.valueOf(text("mutant")));
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

    /** With another value of one component. */
    public ProcessOptions with(String name, Object value) {
        RecordComponent[] components = ProcessOptions.class.getRecordComponents();
        if (Arrays.stream(components).noneMatch(component -> component.getName().equals(name))) {
            throw new IllegalArgumentException(name);
        }
        Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Object[] values = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                values[i] = components[i].getName().equals(name) ? value : components[i].getAccessor().invoke(this);
            }
            return ProcessOptions.class.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
