package io.quarkiverse.openai.batch.runtime.job.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.runtime.job.files.Epoch.Write;
import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests;

/** Requests that were added one by one, in a folder a collector. They are in no transaction. */
final class CollectedFiles implements CollectedRequests {

    private static final String PREFIX = "collector-";

    private final JobDirectory directory;
    private final Map<Collector, CollectorFolder> folders = new ConcurrentHashMap<>();

    CollectedFiles(JobDirectory directory) {
        this.directory = directory;
        paths().forEach(this::read);
    }

    private List<Path> paths() {
        if (!Files.exists(directory.root())) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory.root())) {
            return all.filter(path -> path.getFileName().toString().startsWith(PREFIX)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path path(Collector collector) {
        return directory.root().resolve(
                PREFIX + JobDirectory.digest(String.join(" ", collector.client(), collector.endpoint(), collector.name())));
    }

    private void read(Path path) {
        try {
            CollectorFolder folder = CollectorFolder.read(directory.disk(), path);
            if (folder.collector() != null) {
                folders.put(folder.collector(), folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The collected requests in %s cannot be read: %s".formatted(path, e.getMessage()),
                    e);
        }
    }

    private interface Change<T> {

        T run() throws IOException;
    }

    private <T> T change(Change<T> change) {
        try (Write write = directory.write()) {
            return change.run();
        } catch (IOException e) {
            throw new UncheckedIOException("Collected requests cannot be stored: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean add(Collector collector, Entry entry, boolean joins) {
        return change(() -> {
            Optional<CollectedFile> file = folder(collector).add(entry);
            if (file.isPresent()) {
                file.get().force();
            }
            return file.isPresent();
        });
    }

    private CollectorFolder folder(Collector collector) {
        return folders.computeIfAbsent(collector, key -> {
            try {
                return CollectorFolder.of(directory.disk(), path(key), key);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private Optional<CollectorFolder> known(Collector collector) {
        return Optional.ofNullable(folders.get(collector));
    }

    private Stream<CollectorFolder> all() {
        return folders.values().stream();
    }

    @Override
    public Waiting waiting(Collector collector, long most) {
        return known(collector).map(CollectorFolder::waiting).orElse(Waiting.NOTHING);
    }

    /** All that waits: it is in one file, and a job may have any length. */
    @Override
    public boolean claim(Collector collector, String job, long lines, long bytes) {
        Optional<CollectorFolder> folder = known(collector);
        return folder.isPresent() && change(() -> folder.get().claim(job));
    }

    @Override
    public List<String> unread(Collector collector) {
        return known(collector).map(CollectorFolder::jobs).orElse(List.of());
    }

    @Override
    public void wereRead(String job) {
        all().forEach(folder -> change(() -> {
            folder.dropLines(job);
            return null;
        }));
    }

    void each(Predicate<String> job, BiConsumer<Collector, Entry> reader) {
        all().filter(folder -> folder.collector() != null).forEach(folder -> folder.each(job, reader));
    }

    /** Before the job is deleted. */
    void delete(Predicate<String> job) {
        all().forEach(folder -> change(() -> {
            folder.delete(job);
            return null;
        }));
    }

    private Optional<CollectedFile> of(String job) {
        return all().flatMap(folder -> folder.withLines(job).stream()).findFirst();
    }

    @Override
    public boolean has(String job) {
        return of(job).isPresent();
    }

    @Override
    public Stream<byte[]> lines(String job) {
        return of(job).map(CollectedFile::lines).orElse(Stream.empty());
    }

    @Override
    public Map<String, String> jobs(Collector collector, Collection<String> customIds) {
        Map<String, String> jobs = new HashMap<>();
        known(collector).ifPresent(folder -> customIds.forEach(id -> {
            String job = folder.job(id);
            if (job != null) {
                jobs.put(id, job);
            }
        }));
        return jobs;
    }

    @Override
    public Set<Collector> open() {
        return all().filter(CollectorFolder::isOpen).map(CollectorFolder::collector).collect(Collectors.toSet());
    }
}
