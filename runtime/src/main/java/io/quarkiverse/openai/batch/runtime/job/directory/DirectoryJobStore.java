package io.quarkiverse.openai.batch.runtime.job.directory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.runtime.job.directory.RowFile.UnreadableRowFileException;
import io.quarkiverse.openai.batch.runtime.job.store.AccountRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests;
import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests.Collector;
import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests.Entry;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.LookRow;
import io.quarkiverse.openai.batch.runtime.job.store.RowFormat;
import io.quarkiverse.openai.batch.runtime.job.store.RowsInMemory;
import io.quarkiverse.openai.batch.runtime.job.store.StaleRowException;
import io.quarkiverse.openai.batch.runtime.job.store.StoredJob;

/**
 * Stores jobs in a directory: one small JSON file a job and a chunk, each replaced atomically. The lock of the directory
 * admits one process, so rows of jobs that have not ended are read once, at the start, and then from memory; those of ended
 * jobs when they are asked for.
 */
public final class DirectoryJobStore extends RowsInMemory {

    private static final Logger LOG = Logger.getLogger(DirectoryJobStore.class);

    /** Ended jobs are in memory for as long as their batches count for the limit of an hour. */
    private static final Duration KEPT = Duration.ofHours(1);

    private final JobDirectory directory;
    private final InstantSource clock;
    private final Map<String, StoredJob> jobs = new TreeMap<>();
    private final Learned learned;
    private final CollectedFiles collected;
    /** The job that was last read, of those that are not in memory. */
    private StoredJob lastRead;
    /** Why the job of a folder cannot be read. */
    private final Map<Path, String> unreadable = new HashMap<>();
    private Instant latest = Instant.MIN;

    public DirectoryJobStore(JobDirectory directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
        this.learned = new Learned(directory, clock);
        this.collected = new CollectedFiles(directory);
        List<JobRow> all = directory.jobs().stream().map(this::read).filter(Objects::nonNull).toList();
        all.forEach(this::note);
        all.stream().filter(this::isKept).forEach(row -> jobs.put(row.name(), RowFile.job(row, directory, clock.instant())));
        if (!directory.isReadOnly()) {
            jobs.values().stream().filter(StoredJob::isReadable)
                    .forEach(job -> directory.deleteUnnamed(job.row().name(), RowFile.names(job)));
        }
    }

    private void note(JobRow job) {
        Instant last = job.endedAt() == null ? job.createdAt() : job.endedAt();
        latest = last.isAfter(latest) ? last : latest;
    }

    private boolean isKept(JobRow job) {
        return !job.state().isTerminal() || !job.announced() || job.endedAt().isAfter(latest.minus(KEPT));
    }

    /** Null if there is none that can be read. */
    private JobRow read(Path folder) {
        Path file = folder.resolve(JobDirectory.JOB_FILE);
        if (unreadable.containsKey(folder) || !Files.exists(file)) {
            return null;
        }
        try {
            return RowFile.job(file, directory, clock.instant());
        } catch (UnreadableRowFileException e) {
            LOG.error(e.getMessage());
            unreadable.put(folder, e.getMessage());
            return null;
        }
    }

    @Override
    protected Optional<StoredJob> find(String name) {
        if (!jobs.containsKey(name) && (lastRead == null || !lastRead.row().name().equals(name))) {
            JobRow row = read(directory.of(name));
            lastRead = row == null ? null : RowFile.job(row, directory, clock.instant());
        }
        return Optional.ofNullable(jobs.getOrDefault(name, lastRead));
    }

    @Override
    protected Stream<StoredJob> kept() {
        return jobs.values().stream();
    }

    @Override
    public synchronized List<JobRow> jobs() {
        Stream<JobRow> others = directory.jobs().stream().map(this::read).filter(Objects::nonNull)
                .filter(row -> !jobs.containsKey(row.name()));
        return Stream.concat(jobs.values().stream().map(StoredJob::row), others).sorted(BY_AGE).toList();
    }

    @Override
    public synchronized JobRow insert(JobRow job) {
        if (find(job.name()).isPresent()) {
            throw new StaleRowException("job " + job.name());
        }
        String damage = unreadable.get(directory.of(job.name()));
        if (damage != null) {
            throw new IllegalStateException(damage);
        }
        directory.deleteUnnamed(job.name(), Set.of());
        jobs.values().removeIf(other -> !isKept(other.row()));
        return store(new StoredJob(job), job.withVersion(1));
    }

    @Override
    public synchronized JobRow update(JobRow job) {
        StoredJob stored = requireLatest(job);
        return stored.row().equals(job) ? job : store(stored, job.withVersion(job.version() + 1));
    }

    private StoredJob requireLatest(JobRow job) {
        StoredJob stored = writable(job.name());
        if (stored.row().version() != job.version()) {
            throw new StaleRowException("job " + job.name());
        }
        return stored;
    }

    private JobRow store(StoredJob job, JobRow row) {
        JobRow before = job.row();
        directory.replace(directory.of(row.name()).resolve(JobDirectory.JOB_FILE), RowFormat.write(row), Set.of(), Set.of());
        job.put(row);
        note(row);
        if (isKept(row)) {
            jobs.put(row.name(), job);
        }
        listener().changed(before, row);
        return row;
    }

    /** A chunk counts once the row of its job counts it. */
    @Override
    public synchronized ChunkRow insert(ChunkRow chunk, UnaryOperator<JobRow> change) {
        StoredJob job = writable(chunk.job());
        JobRow counting = change.apply(job.row()).withChunk();
        ChunkRow first = chunk.as(counting.chunks()).withVersion(1);
        if (chunk.number() != 0 && chunk.number() != first.number()) {
            throw new StaleRowException("chunk " + chunk.id());
        }
        directory.replace(directory.row(first.job(), first.number()), RowFormat.write(first), Set.of(), first.files().values());
        store(job, counting.withVersion(counting.version() + 1));
        job.put(first);
        listener().changed(chunk, first);
        return first;
    }

    @Override
    public synchronized ChunkRow update(ChunkRow chunk) {
        StoredJob job = writable(chunk.job());
        ChunkRow before = job.chunk(chunk.number());
        if (before == null || before.version() != chunk.version()) {
            throw new StaleRowException("chunk " + chunk.id());
        }
        if (before.equals(chunk)) {
            return before;
        }
        ChunkRow next = chunk.withVersion(chunk.version() + 1);
        directory.replace(directory.row(next.job(), next.number()), RowFormat.write(next), before.files().values(),
                next.files().values());
        job.put(next);
        listener().changed(before, next);
        return next;
    }

    @Override
    public AccountRow account(String name) {
        return learned.account(name);
    }

    @Override
    public AccountRow changeAccount(String name, UnaryOperator<AccountRow> change) {
        return learned.change(name, change);
    }

    @Override
    public LookRow look(String client) {
        return learned.look(client);
    }

    @Override
    public LookRow changeLook(String client, UnaryOperator<LookRow> change) {
        return learned.changeLook(client, change);
    }

    @Override
    public synchronized JobRow dropChunks(String name) {
        StoredJob job = writable(name);
        JobRow begun = job.row().with(job.row().reading().begun());
        JobRow stored = store(job, begun.withVersion(begun.version() + 1));
        job.dropChunks();
        directory.deleteUnnamed(name, Set.of());
        return stored;
    }

    @Override
    public synchronized void delete(JobRow job) {
        requireLatest(job);
        // first, so that what is left after a halt in between is never submitted again
        collected.delete(job.name()::equals);
        directory.delete(job.name());
        jobs.remove(job.name());
        lastRead = null;
        listener().deleted(job);
    }

    @Override
    public CollectedRequests collected() {
        return collected;
    }

    /**
     * Passes collected requests on, in the order in which they were added; without their lines if these were read.
     *
     * @param job is true of the names of jobs whose requests are meant; of null, for those in no job
     */
    public void collected(Predicate<String> job, BiConsumer<Collector, Entry> reader) {
        collected.each(job, reader);
    }

    /** Deletes collected requests. */
    public void deleteCollected(Predicate<String> job) {
        collected.delete(job);
    }

    @Override
    public boolean isReadOnly() {
        return directory.isReadOnly();
    }

    @Override
    public void requireOpen() {
        directory.write().close();
    }

    /** Ends the epoch: no thread writes a row or a file afterwards. */
    @Override
    public void close() {
        directory.close();
    }
}
