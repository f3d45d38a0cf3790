package io.quarkiverse.openai.batch.runtime.job.database;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.openai.batch.runtime.job.files.StoredFile;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.RowFormat;

/**
 * The statements that write rows. What is decided is written in one statement with a lock on the epoch, or in a transaction
 * that has it; a count of 0 rows says that the version is not the latest, or that the epoch has ended.
 */
final class RowWriter {

    private static final String WRITTEN = "pg_current_xact_id()::text::bigint";
    private static final String IN_EPOCH = " AND EXISTS (SELECT 1 FROM epoch)";
    private static final String UPDATE_JOB = "UPDATE openai_batch_jobs SET version = ?, ended_at = ?, announced = ?, written = "
            + WRITTEN + ", \"row\" = ?::jsonb WHERE namespace = ? AND name = ? AND version = ? AND \"row\" IS NOT NULL";
    private static final String UPDATE_CHUNK = "UPDATE openai_batch_chunks SET version = ?, state = ?, written = " + WRITTEN
            + ", \"row\" = ?::jsonb WHERE namespace = ? AND job = ? AND number = ? AND version = ?";

    private final String namespace;

    RowWriter(String namespace) {
        this.namespace = namespace;
    }

    private static String json(Object row) {
        return new String(RowFormat.write(row), StandardCharsets.UTF_8);
    }

    private static Timestamp endedAt(JobRow job) {
        return job.endedAt() == null ? null : Timestamp.from(job.endedAt());
    }

    /**
     * Returns its version; empty if there is a job of that name, or the epoch has ended. It takes the place of a deleted one.
     */
    Optional<Long> insert(Connection connection, String epoch, JobRow job) throws SQLException {
        return Sql.first(connection, Epochs.FENCE
                + "INSERT INTO openai_batch_jobs AS stored (namespace, name, version, ended_at, "
                + "announced, written, \"row\") SELECT ?, ?, 1, ?, ?, " + WRITTEN + ", ?::jsonb FROM epoch "
                + "ON CONFLICT (namespace, name) DO UPDATE SET version = stored.version + 1, ended_at = EXCLUDED.ended_at, "
                + "announced = EXCLUDED.announced, written = EXCLUDED.written, \"row\" = jsonb_set(EXCLUDED.\"row\", "
                + "'{row,version}', to_jsonb(stored.version + 1)) WHERE stored.\"row\" IS NULL RETURNING version",
                row -> row.getLong(1), epoch, namespace, job.name(), endedAt(job), job.announced(), json(job.withVersion(1)));
    }

    /**
     * @param next the row with its new version
     */
    int update(Connection connection, String epoch, JobRow next, long before) throws SQLException {
        return Sql.update(connection, Epochs.FENCE + UPDATE_JOB + IN_EPOCH, epoch, next.version(), endedAt(next),
                next.announced(), json(next), namespace, next.name(), before);
    }

    /** Where the epoch is locked already. */
    int update(Connection connection, JobRow next, long before) throws SQLException {
        return Sql.update(connection, UPDATE_JOB, next.version(), endedAt(next), next.announced(), json(next), namespace,
                next.name(), before);
    }

    int insert(Connection connection, ChunkRow chunk) throws SQLException {
        int inserted = Sql.update(connection,
                "INSERT INTO openai_batch_chunks (namespace, job, number, version, state, written, "
                        + "\"row\") VALUES (?, ?, ?, ?, ?, " + WRITTEN + ", ?::jsonb) ON CONFLICT DO NOTHING",
                namespace, chunk.job(),
                chunk.number(), chunk.version(), chunk.state().name(), json(chunk));
        name(connection, chunk.files().values());
        return inserted;
    }

    int update(Connection connection, String epoch, ChunkRow next, long before) throws SQLException {
        return Sql.update(connection, Epochs.FENCE + UPDATE_CHUNK + IN_EPOCH, epoch, next.version(), next.state().name(),
                json(next), namespace, next.job(), next.number(), before);
    }

    /** Where the epoch is locked already, or does not matter. */
    int update(Connection connection, ChunkRow next, long before) throws SQLException {
        return Sql.update(connection, UPDATE_CHUNK, next.version(), next.state().name(), json(next), namespace, next.job(),
                next.number(), before);
    }

    /** The row of a chunk, which nobody else changes until the end of the transaction. */
    Optional<String> lock(Connection connection, String job, int number) throws SQLException {
        return Sql.first(connection, "SELECT \"row\"::text FROM openai_batch_chunks WHERE namespace = ? AND job = ? "
                + "AND number = ? FOR UPDATE", row -> row.getString(1), namespace, job, number);
    }

    /** Files that a row names stay for as long as one does. */
    void name(Connection connection, Collection<StoredFile> files) throws SQLException {
        List<String> ids = files.stream().map(StoredFile::id).toList();
        if (!ids.isEmpty()) {
            Sql.update(connection, "UPDATE openai_batch_files SET named = true WHERE id = ANY (?) AND NOT named", ids);
        }
    }

    void drop(Connection connection, Collection<StoredFile> files) throws SQLException {
        List<String> ids = files.stream().map(StoredFile::id).toList();
        if (!ids.isEmpty()) {
            Sql.update(connection, "DELETE FROM openai_batch_files WHERE id = ANY (?)", ids);
        }
    }

    /** All chunks of a job, with the files that they name. */
    void dropChunks(Connection connection, String job) throws SQLException {
        Sql.update(connection, "DELETE FROM openai_batch_chunks WHERE namespace = ? AND job = ?", namespace, job);
        Sql.update(connection, "DELETE FROM openai_batch_files WHERE namespace = ? AND job = ? AND named", namespace, job);
    }

    /** What is left says to all processes that the job is gone. */
    int delete(Connection connection, JobRow job) throws SQLException {
        return Sql.update(connection, "UPDATE openai_batch_jobs SET version = version + 1, ended_at = now(), announced = true, "
                + "written = " + WRITTEN + ", \"row\" = NULL WHERE namespace = ? AND name = ? AND version = ?", namespace,
                job.name(), job.version());
    }

    int learn(Connection connection, String epoch, String kind, String name, long version, Object row) throws SQLException {
        return Sql.update(connection,
                Epochs.FENCE + "INSERT INTO openai_batch_learned AS stored (namespace, kind, name, version, "
                        + "written, \"row\") SELECT ?, ?, ?, ?, " + WRITTEN
                        + ", ?::jsonb FROM epoch ON CONFLICT (namespace, kind, name) "
                        + "DO UPDATE SET version = EXCLUDED.version, written = EXCLUDED.written, \"row\" = EXCLUDED.\"row\" "
                        + "WHERE stored.version = EXCLUDED.version - 1",
                epoch, namespace, kind, name, version, json(row));
    }
}
