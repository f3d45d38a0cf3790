package io.quarkiverse.openai.batch.runtime.job.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

import javax.sql.DataSource;

import org.jboss.logmanager.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.database.SharedJobs.Member;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.RowFormat;
import io.quarkiverse.openai.batch.runtime.job.store.Rows;

/**
 * During an update processes of the next version share the database with those of this one. That has a column, a state and a
 * kind
 * of tasks more, and a later format of some rows.
 */
@Timeout(120)
class ANextVersionRunsBesideThisOneTest {

    private static final List<String> LATER = List.of("later-job", "later-chunk", "unknown-state");
    private static final List<String> TABLES = List.of("processes", "sources", "jobs", "chunks", "learned", "files", "pieces",
            "tasks", "calls", "wakes", "collected");
    private static final String ROWS = "SELECT coalesce(string_agg(n.v, ';' ORDER BY n.v), '') FROM (SELECT name || version || "
            + "\"row\"::text AS v FROM openai_batch_jobs WHERE namespace = ? AND name = ANY (?) UNION ALL SELECT job || number || "
            + "version || \"row\"::text FROM openai_batch_chunks WHERE namespace = ? AND job = ANY (?)) AS n";
    private static final Logger ROOT = Logger.getLogger("");

    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
                logged.add(record.getLoggerName() + " " + record.getMessage() + " "
                        + List.of(record.getParameters() == null ? new Object[0] : record.getParameters()));
            }
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
        }
    };
    private SharedJobs shared;
    private Database database;

    @BeforeEach
    void open() throws SQLException {
        String name = "next" + System.nanoTime();
        DataSource server = Postgres.server().getPostgresDatabase();
        try (Connection connection = server.getConnection()) {
            connection.createStatement().execute("CREATE DATABASE " + name);
        }
        shared = new SharedJobs(Postgres.server().getJdbcUrl("postgres", name));
        DataSource pool = Postgres.server().getDatabase("postgres", name);
        database = new Database(pool, shared.namespace, CallerTransaction.NONE);
        new Schema(database).create();
        for (String table : TABLES) {
            database.run(connection -> connection.createStatement()
                    .execute("ALTER TABLE openai_batch_" + table + " ADD COLUMN next text NOT NULL DEFAULT 'new'"));
        }
        ROOT.addHandler(handler);
    }

    @AfterEach
    void close() {
        ROOT.removeHandler(handler);
        shared.close();
    }

    private int update(String sql, Object... parameters) {
        return database.run(connection -> Sql.update(connection, sql, parameters));
    }

    private String laterRows() {
        return database.run(connection -> Sql.first(connection, ROWS, row -> row.getString(1), shared.namespace, LATER,
                shared.namespace, LATER)).orElseThrow();
    }

    private long later(String what, Object... parameters) {
        return database.run(connection -> Sql.first(connection, what, row -> row.getLong(1), parameters)).orElseThrow();
    }

    private void task(String table, String queue, String id) {
        update("INSERT INTO openai_batch_" + table + " (task_name, task_instance, execution_time, picked, version) "
                + "VALUES (?, ?, ?, false, 1)", queue + "/" + shared.namespace, id, shared.clock.instant());
    }

    /** Jobs of the next version, with what they have to do. */
    private void addLaterJobs() {
        try (DatasourceJobStore store = new DatasourceJobStore(database, new Epochs(database), shared.clock.steady(), () -> {
        })) {
            for (String job : LATER) {
                store.insert(Rows.job(job));
                store.insert(Rows.chunk(job, 1));
                task("tasks", "engine", "ADVANCE/1/" + job);
                task("tasks", "engine", "FINISH/0/" + job);
                task("calls", "sources", "SPOOL/0/" + job);
            }
        }
        update("UPDATE openai_batch_jobs SET \"row\" = jsonb_set(\"row\", '{format}', '2') WHERE name = 'later-job'");
        update("UPDATE openai_batch_chunks SET \"row\" = jsonb_set(\"row\", '{format}', '2') WHERE job = 'later-chunk'");
        update("UPDATE openai_batch_chunks SET state = 'DREAMING', \"row\" = jsonb_set(\"row\", '{row,state}', '\"DREAMING\"') "
                + "WHERE job = 'unknown-state'");
        for (String[] learned : new String[][] { { "account", "account" }, { "look", "<default>" }, { "mood", "account" } }) {
            update("INSERT INTO openai_batch_learned (namespace, kind, name, version, written, \"row\") VALUES (?, ?, ?, 7, "
                    + "pg_current_xact_id()::text::bigint, '{\"format\":2,\"row\":{}}')", shared.namespace, learned[0],
                    learned[1]);
        }
        task("tasks", "engine", "DREAM/0/later-job");
        task("calls", "calls", "DREAM_ALOUD/x/later-job");
    }

    @Test
    void thisOneLeavesWhatIsLaterAloneAndRunsItsOwnJobs() throws Exception {
        addLaterJobs();
        String before = laterRows();
        Instant start = shared.clock.instant();
        Member one = shared.start();
        BatchJob job = one.submit("ours", 7);
        JobReport report = shared.finish(one, "ours");
        assertThat(report.state()).isEqualTo(JobState.FINISHED);
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(7);
        try (var results = job.results()) {
            assertThat(results).hasSize(7);
        }
        shared.until("it was offered again", () -> shared.clock.instant().isAfter(start.plusSeconds(20)));
        assertThat(laterRows()).isEqualTo(before);
        assertThat(later("SELECT count(*) FROM openai_batch_learned WHERE version = 7 AND \"row\" @> '{\"format\":2}'"))
                .isEqualTo(3);
        assertThat(later("SELECT count(*) FROM openai_batch_tasks WHERE task_instance LIKE '%/later-%' "
                + "OR task_instance LIKE '%/unknown-%'")).isEqualTo(7);
        assertThat(later("SELECT count(*) FROM openai_batch_calls WHERE task_instance LIKE '%/later-%' "
                + "OR task_instance LIKE '%/unknown-%'")).isEqualTo(4);
        long version = later("SELECT max(version) FROM openai_batch_tasks WHERE task_instance LIKE 'DREAM%'");
        long seconds = Duration.between(start, shared.clock.instant()).toSeconds();
        // picked and given back: two versions each time, and at most every five seconds
        assertThat(version).isBetween(3L, 3 + 2 * (seconds / 5 + 1));
        assertThat(one.runner.find("later-job")).isEmpty();
        assertThat(one.report("later-chunk").state()).isEqualTo(JobState.PAUSED);
        assertThat(one.report("unknown-state").reason()).contains("ChunkState that this version does not know");
        assertThat(logged).as("once a row").hasSizeLessThanOrEqualTo(5)
                .allSatisfy(line -> assertThat(line).contains("The row of"));
        one.runner.find("ours").orElseThrow().delete();
    }

    /** With what a later version has beside it. */
    private record NextChunk(String job, int number, NextState state, ChunkRow.Input input, String dream) {

        enum NextState {
            SPOOLED,
            DREAMING
        }
    }

    @Test
    void theNextOneReadsTheRowsOfThisOneAndThisOneWhatThatHasAdded() throws Exception {
        ChunkRow ours = Rows.chunk("ours", 1);
        NextChunk theirs = RowFormat.read(RowFormat.write(ours), NextChunk.class, Rows.NOW);
        assertThat(theirs).isEqualTo(new NextChunk("ours", 1, NextChunk.NextState.SPOOLED, ours.input(), null));

        Member one = shared.start();
        // nobody runs it meanwhile
        one.store.insert(Rows.job("ours").in(JobState.PAUSED, "A person decides"));
        one.store.insert(ours);
        update("UPDATE openai_batch_jobs SET \"row\" = jsonb_set(\"row\", '{row,dream}', '{\"of\":\"sheep\"}'), "
                + "written = pg_current_xact_id()::text::bigint, version = version");
        update("UPDATE openai_batch_chunks SET \"row\" = jsonb_set(\"row\", '{row,dream}', '\"sheep\"')");
        String json = database.run(connection -> Sql.first(connection, "SELECT \"row\"::text FROM openai_batch_chunks",
                row -> row.getString(1))).orElseThrow();
        assertThat(RowFormat.read(json.getBytes(StandardCharsets.UTF_8), NextChunk.class, Rows.NOW).dream()).isEqualTo("sheep");
        Member other = shared.start();
        assertThat(other.store.chunk("ours", 1)).isPresent();
        assertThat(other.store.change("ours", JobRow::withSpooled).spooled()).isTrue();
    }
}
