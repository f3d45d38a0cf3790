package io.quarkiverse.openai.batch.cli.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.runtime.app.Clients;
import io.quarkiverse.openai.batch.runtime.job.JobRunner;
import io.quarkiverse.openai.batch.runtime.job.store.DirectoryJobStore;
import io.quarkiverse.openai.batch.runtime.job.store.InProcessTaskQueue;
import io.quarkiverse.openai.batch.runtime.job.store.JobDirectory;

/** Reads jobs as they are stored. That starts nothing, needs no key, and can be done while a process runs them. */
@Singleton
public class StoredJobs {

    @Inject
    Clients clients;

    /** The jobs of a directory, the oldest first. */
    public List<BatchJob> list(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(directory)) {
            return folders.filter(Files::isDirectory).flatMap(folder -> read(folder).stream())
                    .sorted(Comparator.comparing((BatchJob job) -> job.report().times().createdAt())).toList();
        }
    }

    /**
     * @throws IllegalArgumentException if there is no such job; the message tells which there are
     */
    public BatchJob get(JobFolder folder) throws IOException {
        List<BatchJob> jobs = Files.isDirectory(folder.path()) ? read(folder.path()) : List.of();
        return jobs.stream().filter(job -> job.name().equals(folder.name().text())).findAny()
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no job %s in %s; %s".formatted(folder.name(), folder.directory(), others(folder))));
    }

    private String others(JobFolder folder) {
        try {
            List<BatchJob> jobs = list(folder.directory());
            return jobs.isEmpty() ? "there is none at all"
                    : "there are " + jobs.stream().map(BatchJob::name).collect(Collectors.joining(", "));
        } catch (IOException e) {
            return "nor can it be read";
        }
    }

    private List<BatchJob> read(Path folder) {
        JobDirectory directory = JobDirectory.readOnly(folder);
        InstantSource clock = InstantSource.system();
        // without a thread: it is not started
        InProcessTaskQueue queue = new InProcessTaskQueue(clock, 1, Duration.ofMinutes(1));
        return new JobRunner(new DirectoryJobStore(directory), queue, directory, clock, clients::ofJobs).list();
    }
}
