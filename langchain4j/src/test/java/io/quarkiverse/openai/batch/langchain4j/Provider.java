package io.quarkiverse.openai.batch.langchain4j;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.Config;

import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.emulator.Emulator;
import io.quarkiverse.openai.batch.emulator.EmulatorOptions;
import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.LineFault;
import io.quarkiverse.openai.batch.job.DirectoryJobs;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/** An emulator whose time hardly passes by itself, a client, and jobs in a directory of their own. */
final class Provider implements AutoCloseable {

    private static final double SLOW = 0.01;

    private final Emulator emulator = Emulator.start(EmulatorOptions.builder().speed(SLOW).build());
    private Path directory = newDirectory();
    private final OpenAiBatch client = OpenAiBatch.builder().baseUrl(emulator.baseUrl().toString()).apiKey("any")
            .pollInterval(Duration.ofMillis(50), Duration.ofMillis(50)).build();
    private DirectoryJobs jobs = openJobs();

    private DirectoryJobs openJobs() {
        DirectoryJobs opened = client.openJobs(directory);
        opened.start();
        return opened;
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "jobs-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Config config(Map<String, String> keys) {
        return new SmallRyeConfigBuilder().withMapping(LangChain4jConfig.class).withDefaultValues(keys).build();
    }

    OpenAiBatchChatModel chatModel(Map<String, String> keys) {
        Config config = config(keys);
        return new OpenAiBatchChatModel(jobs, own(config), config);
    }

    OpenAiBatchEmbeddingModel embeddingModel(Map<String, String> keys) {
        Config config = config(keys);
        return new OpenAiBatchEmbeddingModel(jobs, own(config), config);
    }

    private static LangChain4jConfig own(Config config) {
        return config.unwrap(SmallRyeConfig.class).getConfigMapping(LangChain4jConfig.class);
    }

    DirectoryJobs jobs() {
        return jobs;
    }

    Emulator emulator() {
        return emulator;
    }

    /** Continues with what was on disk when the process was killed; nobody submits anything again. */
    void killJobs() {
        Path killed = directory;
        directory = newDirectory();
        copy(killed, directory);
        jobs.close();
        jobs = openJobs();
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.skip(1).toList()) {
                Path copy = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectory(copy);
                } else if (Files.exists(file)) {
                    Files.copy(file, copy);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Long enough to validate a batch and to run a hundred lines. */
    void letTimePass() {
        emulator.clock().advance(Duration.ofMinutes(10));
    }

    void letFail(LineFault.Kind kind, Set<Integer> positions) {
        emulator.faults().add(new BatchFault().always().lines(LineFault.of(kind, customIds(positions))));
    }

    void letFail(Set<Integer> positions, int status, String code) {
        emulator.faults().add(new BatchFault().always().lines(LineFault.failing(customIds(positions), status, code)));
    }

    private static Set<String> customIds(Set<Integer> positions) {
        return positions.stream().map(position -> "request-" + (position + 1)).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        jobs.close();
        client.close();
        emulator.close();
    }
}
