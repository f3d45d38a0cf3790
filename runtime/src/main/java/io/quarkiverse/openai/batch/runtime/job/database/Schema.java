package io.quarkiverse.openai.batch.runtime.job.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import org.jboss.logging.Logger;

/**
 * The tables of the jobs. Each version is a script that only adds, which Flyway can run too; so processes of an earlier version
 * continue beside those of a later one.
 */
public final class Schema {

    private static final Logger LOG = Logger.getLogger(Schema.class);

    /** In the order of their versions. */
    private static final List<String> SCRIPTS = List.of("db/openai-batch/R__openai_batch_1_jobs.sql",
            "db/openai-batch/R__openai_batch_2_collected.sql");
    /** The last table of each version. */
    private static final List<String> TABLES = List.of("openai_batch_wakes", "openai_batch_collected");
    /** So that one process at a time makes the tables. */
    private static final long LOCK = 0x6f70656e62617463L;

    private final Database database;

    public Schema(Database database) {
        this.database = database;
    }

    /** Makes what is missing. */
    public void create() {
        database.transaction(connection -> {
            Sql.first(connection, "SELECT pg_advisory_xact_lock(?)", row -> 1, LOCK);
            for (int version = version(connection) + 1; version <= SCRIPTS.size(); version++) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(script(SCRIPTS.get(version - 1)));
                }
                LOG.infof("The tables of the jobs have version %d now", version);
            }
            return null;
        });
    }

    /**
     * @throws IllegalStateException if tables are missing; the message says what to do
     */
    public void validate() {
        int version = database.run(Schema::version);
        if (version < SCRIPTS.size()) {
            throw new IllegalStateException((version == 0 ? "The database has no tables for jobs"
                    : "The tables of the jobs have version %d, and this version of the extension needs %d".formatted(version,
                            SCRIPTS.size()))
                    + ". Run the scripts in db/openai-batch of the extension's jar from version %d on, or set "
                            .formatted(version + 1)
                    + "quarkus.openai-batch.jobs.schema=create");
        }
    }

    /** 0 if there are no tables. */
    private static int version(Connection connection) throws SQLException {
        int version = 0;
        while (version < TABLES.size() && Sql.first(connection, "SELECT 1 WHERE to_regclass(?) IS NOT NULL", row -> 1,
                TABLES.get(version)).isPresent()) {
            version++;
        }
        return version;
    }

    private static String script(String path) {
        try (InputStream in = Schema.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("The resource %s is missing".formatted(path));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
