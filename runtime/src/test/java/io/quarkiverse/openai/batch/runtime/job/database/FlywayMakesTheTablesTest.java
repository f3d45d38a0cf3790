package io.quarkiverse.openai.batch.runtime.job.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.agroal.api.AgroalDataSource;

/** Beside the migrations of the application, which has a version 1 of its own. */
class FlywayMakesTheTablesTest {

    private AgroalDataSource pool;
    private Schema schema;
    private Flyway flyway;

    @BeforeEach
    void open() throws SQLException {
        String name = "flyway" + System.nanoTime();
        try (Connection connection = Postgres.server().getPostgresDatabase().getConnection()) {
            connection.createStatement().execute("CREATE DATABASE " + name);
        }
        pool = Postgres.pool(Postgres.server().getJdbcUrl("postgres", name), 3);
        schema = new Schema(new Database(pool, "", CallerTransaction.NONE));
        flyway = Flyway.configure().dataSource(pool).locations("classpath:db/application", "classpath:db/openai-batch").load();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void whichTheStartFindsThen() {
        assertThatThrownBy(schema::validate).isInstanceOf(IllegalStateException.class);
        assertThat(flyway.migrate().migrationsExecuted).isEqualTo(3);
        assertThatCode(schema::validate).doesNotThrowAnyException();
        assertThat(flyway.migrate().migrationsExecuted).isZero();
        flyway.validate();
    }

    @Test
    void alsoAfterTheStartHasMadeThem() {
        schema.create();
        flyway = Flyway.configure().configuration(flyway.getConfiguration()).baselineOnMigrate(true).baselineVersion("0")
                .load();
        assertThat(flyway.migrate().migrationsExecuted).isEqualTo(3);
        assertThatCode(schema::validate).doesNotThrowAnyException();
    }
}
