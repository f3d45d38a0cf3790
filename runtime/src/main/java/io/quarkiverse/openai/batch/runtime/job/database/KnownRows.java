package io.quarkiverse.openai.batch.runtime.job.database;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.runtime.job.method.NamePattern;
import io.quarkiverse.openai.batch.runtime.job.store.AccountRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.LookRow;
import io.quarkiverse.openai.batch.runtime.job.store.RowsInMemory;
import io.quarkiverse.openai.batch.runtime.job.store.StaleRowException;
import io.quarkiverse.openai.batch.runtime.job.store.StoredJob;

/** The rows of the database as this process knows them: as new as the last tenth of a second. */
abstract class KnownRows extends RowsInMemory {

    private static final Duration FRESH = Duration.ofMillis(100);

    private final Database database;
    private final Epochs epochs;
    private final RowCache rows;
    private final CollectedRows collected;
    private Consumer<String> elsewhere = job -> {
    };
    private long refreshedAt;

    KnownRows(Database database, Epochs epochs, RowCache rows, CollectedRows collected) {
        this.database = database;
        this.epochs = epochs;
        this.rows = rows;
        this.collected = collected;
        rows.load();
        refreshedAt = System.nanoTime();
    }

    @Override
    public synchronized void onChangeElsewhere(Consumer<String> further) {
        elsewhere = elsewhere.andThen(further);
    }

    /** Once the store is closed, its rows are as it last knew them. */
    @Override
    public synchronized void refresh() {
        if (database.isClosed()) {
            return;
        }
        Set<String> changed = rows.refresh();
        refreshedAt = System.nanoTime();
        changed.forEach(elsewhere);
    }

    private void refreshIfOld() {
        if (System.nanoTime() - refreshedAt > FRESH.toNanos()) {
            refresh();
        }
    }

    @Override
    protected Optional<StoredJob> find(String name) {
        refreshIfOld();
        return Optional.ofNullable(rows.find(name));
    }

    @Override
    protected Stream<StoredJob> kept() {
        refreshIfOld();
        return rows.kept();
    }

    @Override
    public List<JobRow> jobs() {
        return database.run(connection -> Sql.list(connection, "SELECT name, \"row\"::text FROM openai_batch_jobs "
                + "WHERE namespace = ? AND \"row\" IS NOT NULL",
                row -> rows.parse("job " + row.getString(1), row.getString(2), JobRow.class).orElse(null),
                database.namespace())).stream().filter(Objects::nonNull).sorted(BY_AGE).toList();
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

    @Override
    public synchronized boolean isOfLaterVersion(String job) {
        find(job);
        return rows.isJobOfLaterVersion(job);
    }

    @Override
    public void offerSource(String job) {
        epochs.offerSource(job);
    }

    @Override
    public void withdrawSource(String job) {
        epochs.withdrawSource(job);
    }

    @Override
    public boolean isSourceElsewhere(String job) {
        return epochs.othersSources().stream().anyMatch(pattern -> new NamePattern(pattern).matches(job));
    }

    @Override
    public CollectedRows collected() {
        return collected;
    }

    @Override
    public boolean isTransactional() {
        return database.caller() != CallerTransaction.NONE;
    }

    @Override
    public void requireCommitted() {
        if (database.caller().isActive() && database.caller().hasJoined()) {
            throw new IllegalStateException(
                    "A job was submitted or a request added in this transaction, and counts when it has "
                            + "committed. Wait for it, or read its results, after that");
        }
    }

    @Override
    public boolean isReadOnly() {
        return false;
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
