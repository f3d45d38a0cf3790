package io.quarkiverse.openai.batch.runtime.job.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.runtime.job.files.EpochEndedException;

/**
 * The epochs of this process, each a row. What is decided in an epoch counts only while its row is there; whoever takes over
 * from a process that seems dead deletes it first. A process that lives on after that begins another one, and what its threads
 * do that are of the earlier one has no effect. So it is when the server of the database is started again, or another one
 * takes its place, perhaps with less than was committed.
 */
public final class Epochs {

    private static final Logger LOG = Logger.getLogger(Epochs.class);

    /** An epoch ends with the server that it began on: what a process knows of that may be lost on the next one. */
    private static final String OPEN = "id = ? AND server = pg_postmaster_start_time()";

    /** Locks the epoch before any other row, so that it cannot be ended before the statement is committed. */
    static final String FENCE = "WITH epoch AS (SELECT 1 FROM openai_batch_processes WHERE " + OPEN + " FOR SHARE) ";

    private final Database database;
    private final String process = UUID.randomUUID().toString();
    private final ThreadLocal<String> ofTask = new ThreadLocal<>();
    private final Set<String> sources = ConcurrentHashMap.newKeySet();
    private volatile String current;
    private volatile boolean closed;
    private int count;

    public Epochs(Database database) {
        this.database = database;
        begin();
    }

    /** Begins the next one. */
    synchronized String begin() {
        String id = process + "-" + ++count;
        database.transaction(connection -> {
            Sql.update(connection, "DELETE FROM openai_batch_processes WHERE id = ?", current);
            Sql.update(connection, "INSERT INTO openai_batch_processes (id, namespace, seen) VALUES (?, ?, now())", id,
                    database.namespace());
            for (String source : sources) {
                offer(connection, id, source);
            }
            return null;
        });
        current = id;
        return id;
    }

    /** Says that this process lives, before it has tasks that say so; nothing was decided in an epoch that was ended. */
    public void renew() {
        if (!isAlive()) {
            begin();
        }
    }

    /** The one in which this thread decides: that of its task, or else the latest. */
    String id() {
        if (closed) {
            throw closed();
        }
        String task = ofTask.get();
        return task == null ? current : task;
    }

    /** What a task decides counts in the epoch in which it was picked. */
    void runIn(String epoch, Runnable task) {
        ofTask.set(epoch);
        try {
            task.run();
        } finally {
            ofTask.remove();
        }
    }

    /**
     * @throws EpochEndedException if this thread can decide nothing any more
     */
    void requireOpen(Connection connection) throws SQLException {
        String id = id();
        if (Sql.first(connection, "SELECT 1 FROM openai_batch_processes WHERE " + OPEN, row -> 1, id).isEmpty()) {
            throw ended();
        }
    }

    static EpochEndedException closed() {
        return new EpochEndedException("The jobs are closed, and cannot be changed");
    }

    private static EpochEndedException ended() {
        return new EpochEndedException(
                "Another process has taken over the tasks of this one, which seemed dead, or the database "
                        + "was started again");
    }

    /** Locks the epoch of this thread for a transaction. */
    void lock(Connection connection) throws SQLException {
        lock(connection, id());
    }

    void lock(Connection connection, String epoch) throws SQLException {
        if (!isLocked(connection, epoch)) {
            throw ended();
        }
    }

    /** Locks an epoch for a transaction; false if it was ended. */
    boolean isLocked(Connection connection, String epoch) throws SQLException {
        return Sql.first(connection, "SELECT 1 FROM openai_batch_processes WHERE " + OPEN + " FOR SHARE", row -> 1, epoch)
                .isPresent();
    }

    /** Says that this process lives. False if its epoch was ended. */
    boolean isAlive() {
        return database.run(connection -> Sql.update(connection,
                "UPDATE openai_batch_processes SET seen = now() WHERE " + OPEN, current)) == 1;
    }

    /** Ends the epoch of a process whose tasks are taken over. What it is committing now is waited for. */
    void end(String epoch) {
        int ended = database.run(connection -> Sql.update(connection, "DELETE FROM openai_batch_processes WHERE id = ?",
                epoch));
        if (ended > 0) {
            LOG.warnf("Process %s does not answer any more, and its tasks are taken over", epoch);
        }
    }

    /** Ends the epochs of processes that were not seen for a while. */
    void endOthers(Duration unseen) {
        database.run(connection -> Sql.list(connection, "DELETE FROM openai_batch_processes WHERE id IN (SELECT id "
                + "FROM openai_batch_processes WHERE namespace = ? AND id <> ? AND seen < now() - ? * interval '1 millisecond' "
                + "FOR UPDATE SKIP LOCKED) RETURNING id", row -> row.getString(1), database.namespace(), current,
                unseen.toMillis())).forEach(id -> LOG.infof("Process %s is gone", id));
    }

    void offerSource(String pattern) {
        sources.add(pattern);
        database.run(connection -> offer(connection, id(), pattern));
    }

    private static int offer(Connection connection, String id, String pattern) throws SQLException {
        return Sql.update(connection, "INSERT INTO openai_batch_sources (process, pattern) SELECT id, ? FROM "
                + "openai_batch_processes WHERE id = ? ON CONFLICT DO NOTHING", pattern, id);
    }

    void withdrawSource(String pattern) {
        if (sources.remove(pattern)) {
            database.run(connection -> Sql.update(connection,
                    "DELETE FROM openai_batch_sources WHERE process = ? AND pattern = ?", current, pattern));
        }
    }

    /** The patterns of the sources of all other processes. */
    Set<String> othersSources() {
        return Set.copyOf(database.run(connection -> Sql.list(connection,
                "SELECT DISTINCT pattern FROM openai_batch_sources JOIN openai_batch_processes ON id = process "
                        + "WHERE namespace = ? AND id <> ?",
                row -> row.getString(1), database.namespace(), current)));
    }

    /** Ends the latest one for good. */
    void close() {
        if (!closed) {
            closed = true;
            database.run(connection -> Sql.update(connection, "DELETE FROM openai_batch_processes WHERE id = ?", current));
        }
    }
}
