package io.quarkiverse.openai.batch.runtime.job.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.agroal.api.AgroalDataSource;
import io.quarkiverse.openai.batch.runtime.job.database.SharedJobs.Member;

/**
 * The plans of all statements that a process makes in a minute while 10,000 chunks wait, beside ten times as many rows that
 * have ended.
 */
@Timeout(180)
class AnIdleMinuteReadsNoEndedRowsTest {

    /**
     * In the unit of the planner. To read the smallest of the filled tables, or of their indexes, costs more than twice this.
     */
    private static final double MOST = 200;
    private static final Pattern COST = Pattern.compile("cost=[0-9.]+\\.\\.([0-9.]+)");

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

    private boolean isReconciled() {
        return database.run(connection -> Sql.first(connection, "SELECT 1 FROM openai_batch_tasks "
                + "WHERE task_instance LIKE 'RECONCILE%' AND NOT picked AND execution_time > ?", row -> 1,
                shared.clock.instant().plusSeconds(5)).isPresent());
    }

    /** Of all its rows. */
    private static double cost(String plan) {
        Matcher first = COST.matcher(plan);
        assertThat(first.find()).as(plan).isTrue();
        return Double.parseDouble(first.group(1));
    }

    @Test
    void becauseEachStatementFindsItsRowsByAnIndex() throws Exception {
        new WaitingAndEnded(shared, database).add(10_000);
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
        assertThat(plans).hasSizeGreaterThan(5)
                .allSatisfy((sql, plan) -> assertThat(cost(plan)).as("%s\n%s", sql, plan).isLessThan(MOST));
    }
}
