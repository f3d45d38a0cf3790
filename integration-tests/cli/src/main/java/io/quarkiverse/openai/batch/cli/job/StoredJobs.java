package io.quarkiverse.openai.batch.cli.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobQuery;

/** Reads jobs as they are stored. It starts nothing, needs no key, and works while another process runs them. */
@Singleton
public class StoredJobs {

    @Inject
    OpenAiBatch client;

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
        List<BatchJob> jobs = read(folder.path());
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
        return client.readJobs(folder).list(JobQuery.all());
    }
}
