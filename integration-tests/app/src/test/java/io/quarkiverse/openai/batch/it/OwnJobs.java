package io.quarkiverse.openai.batch.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** A directory for the jobs of a run: the next one has another emulator, which does not know them. */
public class OwnJobs implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        try {
            Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "jobs-");
            return Map.of("quarkus.openai-batch.jobs.directory", directory.toString(),
                    "quarkus.openai-batch.jobs.poll-interval.min", "0.1S");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // what it leaves tells what was wrong
    }
}
