package io.quarkiverse.openai.batch.runtime.job.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/**
 * Stores jobs in a directory: one small JSON file a job and a chunk, each replaced atomically. The lock of the directory
 * admits one process, so rows are read once, at the start, and then from memory.
 */
public final class DirectoryJobStore implements JobStore {

    private static final ObjectMapper MAPPER = JsonMapper.builder().addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private final JobDirectory directory;
    private final Map<String, JobRow> jobs = new HashMap<>();
    private final Map<String, AccountRow> accounts = new HashMap<>();
    private final Map<String, TreeMap<Integer, ChunkRow>> chunks = new HashMap<>();
    private Consumer<String> listener = job -> {
    };

    /**
     * @throws UncheckedIOException if a row cannot be read; the message names its file
     */
    public DirectoryJobStore(JobDirectory directory) {
        this.directory = directory;
        directory.jobs().forEach(this::load);
    }

    private void load(Path folder) {
        Path jobFile = folder.resolve(JobDirectory.JOB_FILE);
        if (!Files.exists(jobFile)) {
            return;
        }
        JobRow job = read(jobFile, JobRow.class);
        jobs.put(job.name(), job);
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(JobDirectory::isChunkRow).map(file -> read(file, ChunkRow.class))
                    .forEach(chunk -> chunksOf(chunk.job()).put(chunk.number(), chunk));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TreeMap<Integer, ChunkRow> chunksOf(String job) {
        return chunks.computeIfAbsent(job, name -> new TreeMap<>());
    }

    @Override
    public synchronized void onChange(Consumer<String> changes) {
        listener = changes;
    }

    @Override
    public synchronized Optional<JobRow> job(String name) {
        return Optional.ofNullable(jobs.get(name));
    }

    @Override
    public synchronized List<JobRow> jobs() {
        return jobs.values().stream().sorted(Comparator.comparing(JobRow::createdAt).thenComparing(JobRow::name)).toList();
    }

    @Override
    public synchronized JobRow insert(JobRow job) {
        if (jobs.containsKey(job.name())) {
            throw new StaleRowException("job " + job.name());
        }
        // a crash may have left chunks of an earlier job of that name
        directory.deleteChunks(job.name());
        return stored(job.withVersion(1));
    }

    @Override
    public synchronized JobRow update(JobRow job) {
        requireLatest(job);
        return stored(job.withVersion(job.version() + 1));
    }

    private void requireLatest(JobRow job) {
        if (job(job.name()).filter(row -> row.version() == job.version()).isEmpty()) {
            throw new StaleRowException("job " + job.name());
        }
    }

    private JobRow stored(JobRow job) {
        directory.requireWritable();
        write(directory.of(job.name()).resolve(JobDirectory.JOB_FILE), job);
        jobs.put(job.name(), job);
        listener.accept(job.name());
        return job;
    }

    @Override
    public synchronized Optional<ChunkRow> chunk(String job, int number) {
        return Optional.ofNullable(chunks.get(job)).map(rows -> rows.get(number));
    }

    @Override
    public synchronized List<ChunkRow> chunks(String job) {
        return chunks.containsKey(job) ? List.copyOf(chunks.get(job).values()) : List.of();
    }

    @Override
    public synchronized ChunkRow insert(ChunkRow chunk) {
        if (chunk(chunk.job(), chunk.number()).isPresent()) {
            throw new StaleRowException("chunk " + chunk.id());
        }
        return stored(chunk.withVersion(1));
    }

    @Override
    public synchronized ChunkRow update(ChunkRow chunk) {
        if (chunk(chunk.job(), chunk.number()).filter(row -> row.version() == chunk.version()).isEmpty()) {
            throw new StaleRowException("chunk " + chunk.id());
        }
        return stored(chunk.withVersion(chunk.version() + 1));
    }

    private ChunkRow stored(ChunkRow chunk) {
        directory.requireWritable();
        write(directory.row(chunk.job(), chunk.number()), chunk);
        chunksOf(chunk.job()).put(chunk.number(), chunk);
        listener.accept(chunk.job());
        return chunk;
    }

    @Override
    public synchronized AccountRow account(String name) {
        return accounts.computeIfAbsent(name, this::readAccount);
    }

    private AccountRow readAccount(String name) {
        Path file = directory.account(name);
        return Files.exists(file) ? read(file, AccountRow.class) : AccountRow.of(name);
    }

    @Override
    public synchronized AccountRow changeAccount(String name, UnaryOperator<AccountRow> change) {
        AccountRow before = account(name);
        AccountRow after = change.apply(before);
        if (!after.equals(before)) {
            directory.requireWritable();
            after = after.withVersion(before.version() + 1);
            write(directory.account(name), after);
            accounts.put(name, after);
        }
        return after;
    }

    @Override
    public synchronized void dropChunks(String job) {
        directory.deleteChunks(job);
        chunks.remove(job);
    }

    @Override
    public synchronized void delete(JobRow job) {
        requireLatest(job);
        directory.delete(job.name());
        jobs.remove(job.name());
        chunks.remove(job.name());
        listener.accept(job.name());
    }

    private static <T> T read(Path file, Class<T> type) {
        try {
            return MAPPER.readValue(Files.readAllBytes(file), type);
        } catch (IOException e) {
            throw new UncheckedIOException("The stored state in " + file + " cannot be read", e);
        }
    }

    /** A later reader sees the old row or the new one, also after a loss of power. */
    private static void write(Path file, Object row) {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel channel = FileChannel.open(next, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer json = ByteBuffer.wrap(MAPPER.writeValueAsBytes(row));
                while (json.hasRemaining()) {
                    channel.write(json);
                }
                channel.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The state cannot be stored in " + file, e);
        }
        JobDirectory.force(file.getParent());
    }
}
