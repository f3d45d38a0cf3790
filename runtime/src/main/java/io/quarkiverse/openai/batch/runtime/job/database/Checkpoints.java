package io.quarkiverse.openai.batch.runtime.job.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.UnaryOperator;

import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore.Code;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore.UncommittedException;
import io.quarkiverse.openai.batch.runtime.job.store.StaleRowException;

/** Code of the application in one transaction with a change of a chunk, which comes last so that its locks are short. */
final class Checkpoints {

    private final Database database;
    private final Epochs epochs;
    private final RowCache rows;
    private final RowWriter writer;

    Checkpoints(Database database, Epochs epochs, RowCache rows, RowWriter writer) {
        this.database = database;
        this.epochs = epochs;
        this.rows = rows;
        this.writer = writer;
    }

    /**
     * @throws UncommittedException if the chunk cannot be changed
     * @throws Exception what the code throws, or the end of the transaction
     */
    void change(String job, int number, Code code, UnaryOperator<ChunkRow> change) throws Exception {
        String epoch = epochs.id();
        database.caller().run(code::run, connection -> {
            try {
                return write(connection, epoch, job, number, change);
            } catch (SQLException e) {
                throw new UncommittedException(Database.failed(e));
            } catch (RuntimeException e) {
                throw new UncommittedException(e);
            }
        });
    }

    private int write(Connection connection, String epoch, String job, int number, UnaryOperator<ChunkRow> change)
            throws SQLException {
        epochs.lock(connection, epoch);
        ChunkRow before = writer.lock(connection, job, number).flatMap(json -> rows.parse("chunk", json, ChunkRow.class))
                .orElseThrow(() -> new StaleRowException("chunk " + number + " of job " + job));
        ChunkRow next = change.apply(before);
        return next.equals(before) ? 0 : writer.update(connection, next.withVersion(before.version() + 1), before.version());
    }
}
