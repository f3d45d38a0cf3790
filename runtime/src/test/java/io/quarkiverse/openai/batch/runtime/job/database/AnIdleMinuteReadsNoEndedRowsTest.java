package io.quarkiverse.openai.batch.runtime.job.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.agroal.api.AgroalDataSource;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.runtime.job.database.SharedJobs.Member;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.RowFormat;
import io.quarkiverse.openai.batch.runtime.job.store.Rows;

/**
 * The plans of all statements that a process makes in a minute while 10,000 chunks wait, beside ten times as many rows that
 * have ended.
 */
@Timeout(180)
class AnIdleMinuteReadsNoEndedRowsTest {

    private static final int WAITING = 10_000;
    private static final String WRITTEN = "pg_current_xact_id()::text::bigint";

    private final SharedJobs shared;
    private final Statements statements = new Statements();
    private final AgroalDataSource pool;
    private final Database database;

    AnIdleMinuteReadsNoEndedRowsTest() throws Exception {
        String name = "plans" + System.nanoTime();
        try (Connection connection = Postgres.server().getPostgresDatabase().getConnection()) {
            connection.createStatement().execute("CREATE DATABASE " + name);
        }
        shared = new SharedJobs(Postgres.server().getJdbcUrl("postgres", name));
        shared.connections = statements::recorded;
        shared.settings = shared.settings.withRoom(0, 1, 0);
        pool = Postgres.pool(Postgres.server().getJdbcUrl("postgres", name), 2);
        database = new Database(pool, shared.namespace, CallerTransaction.NONE);
        new Schema(database).create();
    }

    @AfterEach
    void close() {
        shared.close();
        pool.close();
    }

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

    private void addRows() {
        Instant now = shared.clock.instant();
        JobRow waiting = JobRow.submitted("waiting", Rows.job("waiting").terms().withoutDeadline(), now).withSpooled()
                .withChunk();
        String job = json(waiting).replaceFirst("\"chunks\":1\\b", "\"chunks\":" + WAITING);
        execute("INSERT INTO openai_batch_jobs (namespace, name, version, announced, written, \"row\") VALUES (?, 'waiting', 1, "
                + "false, " + WRITTEN + ", ?::jsonb)", shared.namespace, job);
        ChunkRow spooled = Rows.chunk("waiting", 1);
        addChunks("waiting", WAITING, Rows.in(ChunkState.UPLOADED, spooled.with(spooled.remote().withFile("file-%d", now))));
        execute("UPDATE openai_batch_chunks SET state = 'WATCHED', \"row\" = ?::jsonb WHERE number = 1",
                json(Rows.watched(Rows.chunk("waiting", 1), shared.provider.add("file-of-batch-1", now).id(), now)));
        String ended = json(Rows.job("ended-%d").in(JobState.FINISHED, null).endedAt(now.minus(Duration.ofDays(3))));
        execute("INSERT INTO openai_batch_jobs (namespace, name, version, ended_at, announced, written, \"row\") SELECT ?, "
                + "'ended-' || n, 1, ?, true, " + WRITTEN + ", replace(?, '%d', n::text)::jsonb "
                + "FROM generate_series(1, 20000) AS n", shared.namespace, now.minus(Duration.ofDays(3)), ended);
        addChunks("ended-1", 10 * WAITING, Rows.in(ChunkState.DONE, Rows.chunk("ended-1", 1)));
        execute("INSERT INTO openai_batch_files (id, namespace, job, created_at, named) SELECT 'f' || n, ?, 'ended-1', now(), true "
                + "FROM generate_series(1, 100000) AS n", shared.namespace);
        execute("INSERT INTO openai_batch_collected (namespace, collector, client, endpoint, custom_id, digest, added_at, bytes, "
                + "job) SELECT ?, 'c', 'd', 'e', 'id-' || n, 'x', now(), 0, 'ended-1' FROM generate_series(1, 100000) AS n",
                shared.namespace);
        for (String table : new String[] { "jobs", "chunks", "files", "collected" }) {
            database.run(connection -> connection.createStatement().execute("VACUUM ANALYZE openai_batch_" + table));
        }
    }

    private boolean isReconciled() {
        return database.run(connection -> Sql.first(connection, "SELECT 1 FROM openai_batch_tasks "
                + "WHERE task_instance LIKE 'RECONCILE%' AND NOT picked AND execution_time > ?", row -> 1,
                shared.clock.instant().plusSeconds(5)).isPresent());
    }

    @Test
    void becauseEachStatementFindsItsRowsByAnIndex() throws Exception {
        addRows();
        Member one = shared.start();
        shared.until("it has looked at its batch", () -> one.store.look("<default>").readAt() != null);
        assertThat(one.report("waiting").waits()).isNotEmpty();
        // once an hour ended jobs are read, to delete old ones; the first time at the start
        shared.until("the first task of all rows is over", this::isReconciled);
        Instant start = shared.clock.instant();
        statements.recording = true;
        execute("UPDATE openai_batch_tasks SET execution_time = ?, version = version + 1 WHERE task_instance LIKE 'RECONCILE%'",
                start);
        shared.until("the next one and some looks are over",
                () -> shared.clock.instant().isAfter(start.plusSeconds(15)) && isReconciled());
        statements.recording = false;
        Map<String, String> plans;
        try (Connection connection = pool.getConnection()) {
            plans = statements.plans(connection);
        }
        assertThat(plans).hasSizeGreaterThan(5).allSatisfy((sql, plan) -> assertThat(plan).as("%s\n%s", sql, plan)
                .doesNotContainPattern("Seq Scan on openai_batch_(jobs|chunks|files|pieces|collected)"));
    }
}
