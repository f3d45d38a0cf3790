package io.quarkiverse.openai.batch.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** A directory for the jobs of a run: the next one has another emulator, which does not know them. */
public class OwnJobs implements QuarkusTestResourceLifecycleManager {

    private String poll = "0.1S";

    @Override
    public void init(Map<String, String> arguments) {
        poll = arguments.getOrDefault("poll", poll);
    }

    @Override
    public Map<String, String> start() {
        try {
            Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "jobs-");
            return Map.of("quarkus.openai-batch.jobs.directory", directory.toString(),
                    "quarkus.openai-batch.jobs.poll-interval.min", poll,
                    "quarkus.openai-batch.jobs.poll-interval.max", "1H");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // what it leaves tells what was wrong
    }
}
