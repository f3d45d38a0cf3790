package io.quarkiverse.openai.batch.runtime.job.directory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.runtime.job.directory.RowFile.UnreadableRowFileException;
import io.quarkiverse.openai.batch.runtime.job.store.AccountRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.LookRow;
import io.quarkiverse.openai.batch.runtime.job.store.RowFormat;
import io.quarkiverse.openai.batch.runtime.job.store.RowListener;
import io.quarkiverse.openai.batch.runtime.job.store.StaleRowException;
import io.quarkiverse.openai.batch.runtime.job.store.StoredJob;

/**
 * Stores jobs in a directory: one small JSON file a job and a chunk, each replaced atomically. The lock of the directory
 * admits one process, so rows of jobs that have not ended are read once, at the start, and then from memory; those of ended
 * jobs when they are asked for.
 */
public final class DirectoryJobStore implements JobStore {

    private static final Logger LOG = Logger.getLogger(DirectoryJobStore.class);

    /** Ended jobs are in memory for as long as their batches count for the limit of an hour. */
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Comparator<JobRow> BY_AGE = Comparator.comparing(JobRow::createdAt).thenComparing(JobRow::name);

    private final JobDirectory directory;
    private final InstantSource clock;
    private final Map<String, StoredJob> jobs = new TreeMap<>();
    private final Learned learned;
    /** The job that was last read, of those that are not in memory. */
    private StoredJob lastRead;
    /** Why the job of a folder cannot be read. */
    private final Map<Path, String> unreadable = new HashMap<>();
    private Instant latest = Instant.MIN;
    private RowListener listener = RowListener.NONE;

    public DirectoryJobStore(JobDirectory directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
        this.learned = new Learned(directory, clock);
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
    public synchronized void onChange(RowListener further) {
        listener = listener.and(further);
    }

    private Optional<StoredJob> find(String name) {
        if (!jobs.containsKey(name) && (lastRead == null || !lastRead.row().name().equals(name))) {
            JobRow row = read(directory.of(name));
            lastRead = row == null ? null : RowFile.job(row, directory, clock.instant());
        }
        return Optional.ofNullable(jobs.getOrDefault(name, lastRead));
    }

    /** A job whose rows may be written. */
    private StoredJob writable(String name) {
        StoredJob job = find(name).orElseThrow(() -> new StaleRowException("job " + name));
        job.requireReadable();
        return job;
    }

    @Override
    public synchronized Optional<JobRow> job(String name) {
        return find(name).map(StoredJob::row);
    }

    @Override
    public synchronized List<JobRow> jobs() {
        Stream<JobRow> others = directory.jobs().stream().map(this::read).filter(Objects::nonNull)
                .filter(row -> !jobs.containsKey(row.name()));
        return Stream.concat(jobs.values().stream().map(StoredJob::row), others).sorted(BY_AGE).toList();
    }

    @Override
    public synchronized List<JobRow> recent() {
        return jobs.values().stream().map(StoredJob::row).sorted(BY_AGE).toList();
    }

    @Override
    public synchronized List<JobRow> unended() {
        return recent().stream().filter(row -> !row.state().isTerminal() || !row.announced()).toList();
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
        listener.changed(before, row);
        return row;
    }

    @Override
    public synchronized Optional<ChunkRow> chunk(String job, int number) {
        return find(job).map(stored -> stored.chunk(number));
    }

    @Override
    public synchronized List<ChunkRow> chunks(String job) {
        return find(job).map(stored -> List.copyOf(stored.chunks())).orElse(List.of());
    }

    @Override
    public synchronized List<ChunkRow> chunks(String job, Set<ChunkState> states) {
        return find(job).map(stored -> stored.chunks(states).toList()).orElse(List.of());
    }

    @Override
    public synchronized List<ChunkRow> childrenOf(ChunkRow parent) {
        return find(parent.job()).map(stored -> stored.childrenOf(parent.number())).orElse(List.of());
    }

    @Override
    public synchronized List<ChunkRow> ofClient(String client, Set<ChunkState> states) {
        return chunks(job -> job.isUnderWay() && job.client().equals(client), states);
    }

    @Override
    public synchronized List<ChunkRow> ofAccount(String account, Set<ChunkState> states) {
        return chunks(job -> job.account().equals(account), states);
    }

    private List<ChunkRow> chunks(Predicate<JobRow> which, Set<ChunkState> states) {
        return jobs.values().stream().filter(job -> which.test(job.row())).flatMap(job -> job.chunks(states)).toList();
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
        listener.changed(chunk, first);
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
        listener.changed(before, next);
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
        directory.delete(job.name());
        jobs.remove(job.name());
        lastRead = null;
        listener.deleted(job);
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
