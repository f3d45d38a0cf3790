package io.quarkiverse.openai.batch.runtime.job.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.quarkiverse.openai.batch.runtime.job.files.StoredFile;
import io.quarkiverse.openai.batch.runtime.job.store.AccountRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests.Collector;
import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests.Entry;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.LookRow;
import io.quarkiverse.openai.batch.runtime.job.store.StaleRowException;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;
import io.quarkiverse.openai.batch.runtime.job.store.StoredJob;

/**
 * Stores jobs in a PostgreSQL database, for all processes that run them. Rows of jobs that have not ended are in memory, and as
 * new as the last tenth of a second; who changes an older one gets a {@link StaleRowException}.
 */
public final class DatasourceJobStore extends KnownRows {

    private final Database database;
    private final Epochs epochs;
    private final RowCache rows;
    private final RowWriter writer;
    private final Runnable connections;
    private final LearnedRows learned;
    private final Checkpoints checkpoints;

    /**
     * @param connections are closed with the store
     */
    public DatasourceJobStore(Database database, Epochs epochs, SteadyClock clock, Runnable connections) {
        this(database, epochs, new RowCache(database, clock), connections);
    }

    private DatasourceJobStore(Database database, Epochs epochs, RowCache rows, Runnable connections) {
        super(database, epochs, rows, new CollectedRows(database, epochs));
        this.database = database;
        this.epochs = epochs;
        this.rows = rows;
        this.connections = connections;
        this.writer = new RowWriter(database.namespace());
        this.learned = new LearnedRows(database, epochs, rows, writer);
        this.checkpoints = new Checkpoints(database, epochs, rows, writer);
    }

    /** Takes part in the transaction of the caller. Until that ends, who submits a job of the same name waits. */
    @Override
    public JobRow insert(JobRow job) {
        CallerTransaction caller = database.caller();
        String epoch = epochs.id();
        if (!caller.isActive()) {
            return inserted(job, database.run(connection -> insert(connection, epoch, job)));
        }
        try {
            JobRow first = caller.join(connection -> insert(connection, epoch, job));
            caller.afterCommit(() -> inserted(job, first));
            return first;
        } catch (SQLException e) {
            throw Database.failed(e);
        }
    }

    private JobRow insert(Connection connection, String epoch, JobRow job) throws SQLException {
        Optional<Long> version = writer.insert(connection, epoch, job);
        requireOne(connection, "job " + job.name(), version.isPresent() ? 1 : 0);
        return job.withVersion(version.get());
    }

    private synchronized JobRow inserted(JobRow job, JobRow first) {
        rows.inserted(first);
        listener().changed(job, first);
        return first;
    }

    /**
     * Stores a job of another store, with its chunks and collected requests: all, or nothing.
     *
     * @param chunks whose files are here, and named by no row
     * @param requests passes those of the job on
     * @throws StaleRowException if there is a job of that name
     * @throws IllegalArgumentException if a request that was not read is here in another job
     */
    public synchronized void insert(JobRow job, List<ChunkRow> chunks, Consumer<BiConsumer<Collector, Entry>> requests) {
        String epoch = epochs.id();
        database.transaction(connection -> {
            long version = insert(connection, epoch, job).version();
            for (ChunkRow chunk : chunks) {
                // higher than that of a chunk that had the number before
                requireOne(connection, "chunk " + chunk.id(), writer.insert(connection, chunk.withVersion(version)));
            }
            collected().insert(connection, job.name(), requests);
            return null;
        });
        refresh();
    }

    @Override
    public synchronized JobRow update(JobRow job) {
        JobRow before = writable(job.name()).row();
        if (before.version() != job.version()) {
            throw stale("job " + job.name());
        }
        if (before.equals(job)) {
            return before;
        }
        JobRow next = job.withVersion(job.version() + 1);
        String epoch = epochs.id();
        database.run(connection -> requireOne(connection, "job " + job.name(),
                writer.update(connection, epoch, next, job.version())));
        rows.written(next);
        listener().changed(before, next);
        return next;
    }

    private int requireOne(Connection connection, String what, int count) throws SQLException {
        if (count == 0) {
            epochs.requireOpen(connection);
            outdate();
            throw new StaleRowException(what);
        }
        return count;
    }

    /** Who inserts at the same time in another process is waited for, and counted. */
    @Override
    public synchronized ChunkRow insert(ChunkRow chunk, UnaryOperator<JobRow> change) {
        while (true) {
            StoredJob job = writable(chunk.job());
            JobRow before = job.row();
            JobRow counting = change.apply(before).withChunk();
            JobRow next = counting.withVersion(before.version() + 1);
            // higher than that of a chunk that had the number before
            ChunkRow first = chunk.as(counting.chunks()).withVersion(next.version());
            if (chunk.number() != 0 && chunk.number() != first.number()) {
                throw stale("chunk " + chunk.id());
            }
            try {
                database.transaction(connection -> {
                    epochs.lock(connection);
                    requireOne(connection, "job " + chunk.job(), writer.update(connection, next, before.version()));
                    return writer.insert(connection, first);
                });
            } catch (StaleRowException changedMeanwhile) {
                refresh();
                continue;
            }
            job.put(next);
            job.put(first);
            listener().changed(before, next);
            listener().changed(chunk, first);
            return first;
        }
    }

    @Override
    public synchronized ChunkRow update(ChunkRow chunk) {
        return update(chunk, true);
    }

    private ChunkRow update(ChunkRow chunk, boolean decides) {
        StoredJob job = writable(chunk.job());
        ChunkRow before = job.chunk(chunk.number());
        if (before == null || before.version() != chunk.version()) {
            throw stale("chunk " + chunk.id());
        }
        if (before.equals(chunk)) {
            return before;
        }
        ChunkRow next = chunk.withVersion(chunk.version() + 1);
        write(before, next, decides);
        job.put(next);
        listener().changed(before, next);
        return next;
    }

    private void write(ChunkRow before, ChunkRow next, boolean decides) {
        String what = "chunk " + next.id();
        Collection<StoredFile> dropped = before.files().values().stream().filter(file -> !next.files().containsValue(file))
                .toList();
        if (decides && before.files().equals(next.files())) {
            String epoch = epochs.id();
            database.run(connection -> requireOne(connection, what, writer.update(connection, epoch, next, before.version())));
            return;
        }
        database.transaction(connection -> {
            if (decides) {
                epochs.lock(connection);
            }
            if (writer.update(connection, next, before.version()) == 0) {
                throw new StaleRowException(what);
            }
            writer.name(connection, next.files().values());
            writer.drop(connection, dropped);
            return null;
        });
    }

    /** A fact is stored also after the epoch has ended. */
    @Override
    public ChunkRow learn(ChunkRow decided, UnaryOperator<ChunkRow> fact, UnaryOperator<ChunkRow> late) {
        int intent = decided.remote().intent().number();
        while (true) {
            Optional<ChunkRow> row = chunk(decided.job(), decided.number());
            if (row.isEmpty()) {
                throw new StaleRowException("chunk " + decided.id());
            }
            try {
                synchronized (this) {
                    return update((row.get().remote().intent().number() <= intent ? fact : late).apply(row.get()), false);
                }
            } catch (StaleRowException changedMeanwhile) {
                refresh();
            }
        }
    }

    @Override
    public synchronized AccountRow changeAccount(String name, UnaryOperator<AccountRow> change) {
        return learned.change(name, change, this::refresh);
    }

    @Override
    public synchronized LookRow changeLook(String client, UnaryOperator<LookRow> change) {
        return learned.changeLook(client, change, this::refresh);
    }

    @Override
    public synchronized JobRow dropChunks(String name) {
        StoredJob job = writable(name);
        JobRow before = job.row();
        JobRow next = before.with(before.reading().begun()).withVersion(before.version() + 1);
        database.transaction(connection -> {
            epochs.lock(connection);
            requireOne(connection, "job " + name, writer.update(connection, next, before.version()));
            writer.dropChunks(connection, name);
            return null;
        });
        job.put(next);
        job.dropChunks();
        listener().changed(before, next);
        return next;
    }

    @Override
    public synchronized void delete(JobRow job) {
        if (writable(job.name()).row().version() != job.version()) {
            throw stale("job " + job.name());
        }
        database.transaction(connection -> {
            epochs.lock(connection);
            requireOne(connection, "job " + job.name(), writer.delete(connection, job));
            writer.dropChunks(connection, job.name());
            collected().delete(connection, job.name());
            return null;
        });
        rows.forget(job.name());
        listener().deleted(job);
    }

    @Override
    public void change(String job, int number, Code code, UnaryOperator<ChunkRow> change) throws Exception {
        checkpoints.change(job, number, code, change);
        refresh();
    }

    @Override
    public void requireOpen() {
        database.run(connection -> {
            epochs.requireOpen(connection);
            return null;
        });
    }

    @Override
    public void close() {
        try {
            epochs.close();
        } finally {
            database.close();
            connections.run();
        }
    }
}
