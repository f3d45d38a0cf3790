package io.quarkiverse.openai.batch.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkiverse.openai.batch.cli.job.JobFolder;
import io.quarkiverse.openai.batch.cli.job.JobName;
import io.quarkiverse.openai.batch.emulator.Emulator;
import io.quarkiverse.openai.batch.emulator.EmulatorOptions;
import io.quarkus.runtime.ShutdownEvent;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The emulator in this process, and its jobs; it runs from before the application's start until its end. */
@ApplicationScoped
class EmbeddedEmulator {

    private static Emulator emulator;
    private static Path jobs;

    static void startIfAskedFor(String... arguments) throws IOException {
        EmulatorFlags flags = flags(arguments);
        if (flags != null) {
            emulator = Emulator.start(EmulatorOptions.builder().speed(flags.speed).build());
            jobs = Files.createTempDirectory("openai-batch-");
            configuration().forEach(System::setProperty);
        }
    }

    private static Map<String, String> configuration() {
        return Map.of("quarkus.openai-batch.base-url", emulator.baseUrl().toString(),
                "quarkus.openai-batch.api-key", "emulator",
                // it is fast, and minds no requests
                "quarkus.openai-batch.jobs.poll-interval.min", "PT0.1S");
    }

    /** Null if there are none, or the arguments are wrong: then the command says so. */
    private static EmulatorFlags flags(String... arguments) {
        try {
            ParseResult result = new CommandLine(new BatchCommand()).parseArgs(arguments);
            return result.hasSubcommand() && result.subcommand().commandSpec().userObject() instanceof RunCommand run
                    ? run.emulator
                    : null;
        } catch (ParameterException e) {
            return null;
        }
    }

    /** Where a job is kept as long as the emulator has its batches. */
    static JobFolder folder(JobName job) {
        return new JobFolder(jobs, job, true);
    }

    void stop(@Observes ShutdownEvent event) {
        if (emulator != null) {
            configuration().keySet().forEach(System::clearProperty);
            emulator.close();
            emulator = null;
            deleteJobs();
        }
    }

    private static void deleteJobs() {
        try (Stream<Path> files = Files.walk(jobs)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
