package io.quarkiverse.openai.batch.runtime.job.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.runtime.job.files.EpochEndedException;

/**
 * The engine's own connections to the database of the jobs. None of its statements takes part in a transaction of the
 * application, and an interrupt of a thread breaks none off.
 */
public final class Database {

    /** The SQL state of a lock time-out. */
    private static final String LOCKED = "55P03";

    private final DataSource pool;
    private final String namespace;
    private final CallerTransaction caller;
    private volatile boolean closed;

    /**
     * @param pool connections that are in no transaction of the application, and commit each statement
     * @param namespace tells the jobs of applications apart
     */
    public Database(DataSource pool, String namespace, CallerTransaction caller) {
        this.pool = pool;
        this.namespace = namespace;
        this.caller = caller;
    }

    /** What is done with a connection. */
    public interface Work<T> {

        T run(Connection connection) throws SQLException;
    }

    DataSource pool() {
        return pool;
    }

    public String namespace() {
        return namespace;
    }

    CallerTransaction caller() {
        return caller;
    }

    /** The connections are about to be closed. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /**
     * Commits each statement.
     *
     * @throws EpochEndedException if the connections are closed
     * @throws UncheckedIOException if the database does not do it, or does not answer
     */
    <T> T run(Work<T> work) {
        boolean interrupted = Thread.interrupted();
        try (Connection connection = pool.getConnection()) {
            return work.run(connection);
        } catch (SQLException e) {
            throw closed ? Epochs.closed() : failed(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Commits all statements at once.
     *
     * @throws EpochEndedException if the connections are closed
     * @throws UncheckedIOException if the database does not do it, or does not answer
     */
    <T> T transaction(Work<T> work) {
        return run(connection -> {
            connection.setAutoCommit(false);
            try {
                T result = work.run(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                rollBack(connection, e);
                throw e;
            } finally {
                if (!connection.isClosed()) {
                    connection.setAutoCommit(true);
                }
            }
        });
    }

    private static void rollBack(Connection connection, Throwable because) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    static UncheckedIOException failed(SQLException e) {
        String what = LOCKED.equals(e.getSQLState())
                ? "another transaction has what is written, and has not ended for a while, such as one that has submitted a job "
                        + "of the same name. Try again after its end"
                : SafeText.of(e.getMessage(), 500);
        return new UncheckedIOException("The database of the jobs: " + what, new IOException(e));
    }
}
