package io.quarkiverse.openai.batch.runtime.job.database;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.RowFormat;
import io.quarkiverse.openai.batch.runtime.job.store.Rows;

/** Rows of a job of which one batch runs and the other chunks wait, and many of jobs that have ended. */
record WaitingAndEnded(SharedJobs shared, Database database) {

    private static final int ENDED = 100_000;
    private static final String WRITTEN = "pg_current_xact_id()::text::bigint";

    private void execute(String sql, Object... parameters) {
        database.run(connection -> Sql.update(connection, sql, parameters));
    }

    private static String json(Object row) {
        return new String(RowFormat.write(row), StandardCharsets.UTF_8);
    }

    private static String chunk(ChunkRow row) {
        return json(row.as(77_777_777)).replace("77777777", "%d").replace("'", "''");
    }

    private void addChunks(String job, int count, ChunkRow row) {
        execute("INSERT INTO openai_batch_chunks (namespace, job, number, version, state, written, \"row\") SELECT ?, ?, n, 1, ?, "
                + WRITTEN + ", replace(?, '%d', n::text)::jsonb FROM generate_series(1, ?) AS n", shared.namespace, job,
                row.state().name(), chunk(row), count);
    }

    void add(int waiting) {
        Instant now = shared.clock.instant();
        JobRow job = JobRow.submitted("waiting", Rows.job("waiting").terms().withoutDeadline(), now).withSpooled()
                .withChunk();
        String row = json(job).replaceFirst("\"chunks\":1\\b", "\"chunks\":" + waiting);
        execute("INSERT INTO openai_batch_jobs (namespace, name, version, announced, written, \"row\") VALUES (?, 'waiting', 1, "
                + "false, " + WRITTEN + ", ?::jsonb)", shared.namespace, row);
        ChunkRow spooled = Rows.chunk("waiting", 1);
        addChunks("waiting", waiting, Rows.in(ChunkState.UPLOADED, spooled.with(spooled.remote().withFile("file-%d", now))));
        execute("UPDATE openai_batch_chunks SET state = 'WATCHED', \"row\" = ?::jsonb WHERE number = 1",
                json(Rows.watched(Rows.chunk("waiting", 1), shared.provider.add("file-of-batch-1", now).id(), now)));
        String ended = json(Rows.job("ended-%d").in(JobState.FINISHED, null).endedAt(now.minus(Duration.ofDays(3))));
        execute("INSERT INTO openai_batch_jobs (namespace, name, version, ended_at, announced, written, \"row\") SELECT ?, "
                + "'ended-' || n, 1, ?, true, " + WRITTEN + ", replace(?, '%d', n::text)::jsonb "
                + "FROM generate_series(1, 20000) AS n", shared.namespace, now.minus(Duration.ofDays(3)), ended);
        addChunks("ended-1", ENDED, Rows.in(ChunkState.DONE, Rows.chunk("ended-1", 1)));
        execute("INSERT INTO openai_batch_files (id, namespace, job, created_at, named) SELECT 'f' || n, ?, 'ended-1', now(), true "
                + "FROM generate_series(1, 100000) AS n", shared.namespace);
        execute("INSERT INTO openai_batch_collected (namespace, collector, client, endpoint, custom_id, digest, added_at, bytes, "
                + "job) SELECT ?, 'c', 'd', 'e', 'id-' || n, 'x', now(), 0, 'ended-1' FROM generate_series(1, 100000) AS n",
                shared.namespace);
        for (String table : new String[] { "jobs", "chunks", "files", "collected" }) {
            database.run(connection -> connection.createStatement().execute("VACUUM ANALYZE openai_batch_" + table));
        }
    }
}
