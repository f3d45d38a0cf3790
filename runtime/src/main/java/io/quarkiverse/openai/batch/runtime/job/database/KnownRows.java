package io.quarkiverse.openai.batch.runtime.job.database;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.quarkiverse.openai.batch.runtime.job.store.AccountRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.LookRow;
import io.quarkiverse.openai.batch.runtime.job.store.RowListener;
import io.quarkiverse.openai.batch.runtime.job.store.StaleRowException;
import io.quarkiverse.openai.batch.runtime.job.store.StoredJob;

/** The rows of the database as this process knows them: as new as the last tenth of a second. */
abstract class KnownRows implements JobStore {

    private static final Duration FRESH = Duration.ofMillis(100);
    private static final Comparator<JobRow> BY_AGE = Comparator.comparing(JobRow::createdAt).thenComparing(JobRow::name);

    private final Database database;
    private final RowCache rows;
    private RowListener listener = RowListener.NONE;
    private Consumer<String> elsewhere = job -> {
    };
    private long refreshedAt;

    KnownRows(Database database, RowCache rows) {
        this.database = database;
        this.rows = rows;
        rows.load();
        refreshedAt = System.nanoTime();
    }

    /** Gets each row that this process writes. */
    RowListener listener() {
        return listener;
    }

    @Override
    public synchronized void onChange(RowListener further) {
        listener = listener.and(further);
    }

    @Override
    public synchronized void onChangeElsewhere(Consumer<String> further) {
        elsewhere = elsewhere.andThen(further);
    }

    @Override
    public synchronized void refresh() {
        Set<String> changed = rows.refresh();
        refreshedAt = System.nanoTime();
        changed.forEach(elsewhere);
    }

    private void refreshIfOld() {
        if (System.nanoTime() - refreshedAt > FRESH.toNanos()) {
            refresh();
        }
    }

    /** The rows of a job, as new as reads have to be. */
    private Optional<StoredJob> find(String name) {
        refreshIfOld();
        return Optional.ofNullable(rows.find(name));
    }

    StoredJob writable(String name) {
        StoredJob job = find(name).orElseThrow(() -> new StaleRowException("job " + name));
        job.requireReadable();
        return job;
    }

    @Override
    public synchronized Optional<JobRow> job(String name) {
        return find(name).map(StoredJob::row);
    }

    @Override
    public List<JobRow> jobs() {
        return database.run(connection -> Sql.list(connection, "SELECT name, \"row\"::text FROM openai_batch_jobs "
                + "WHERE namespace = ? AND \"row\" IS NOT NULL",
                row -> rows.parse("job " + row.getString(1), row.getString(2), JobRow.class).orElse(null),
                database.namespace())).stream().filter(Objects::nonNull).sorted(BY_AGE).toList();
    }

    @Override
    public synchronized List<JobRow> recent() {
        refreshIfOld();
        return rows.kept().map(StoredJob::row).sorted(BY_AGE).toList();
    }

    @Override
    public synchronized List<JobRow> unended() {
        return recent().stream().filter(row -> !row.state().isTerminal() || !row.announced()).toList();
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
        refreshIfOld();
        return rows.kept().filter(job -> which.test(job.row())).flatMap(job -> job.chunks(states)).toList();
    }

    @Override
    public synchronized AccountRow account(String name) {
        refreshIfOld();
        return rows.account(name);
    }

    @Override
    public synchronized LookRow look(String client) {
        refreshIfOld();
        return rows.look(client);
    }

    /** What was decided from an older row is decided again from the latest. */
    StaleRowException stale(String what) {
        refresh();
        return new StaleRowException(what);
    }

    /** The next reading asks for what others have written. */
    void outdate() {
        refreshedAt = System.nanoTime() - FRESH.toNanos() - 1;
    }
}
