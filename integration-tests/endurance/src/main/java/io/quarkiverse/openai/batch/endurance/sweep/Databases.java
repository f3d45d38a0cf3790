package io.quarkiverse.openai.batch.endurance.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** The databases of runs, on a PostgreSQL server that they share. */
final class Databases implements AutoCloseable {

    private static final String USER = "postgres";

    private final EmbeddedPostgres server;

    /** @param folder of the server */
    Databases(Path folder) {
        try {
            Files.createDirectories(folder);
            // processes halt, and the server does not: nothing has to be forced to disk
            server = EmbeddedPostgres.builder().setOverrideWorkingDirectory(folder.toFile()).setServerConfig("fsync", "off")
                    .setPGStartupWait(Duration.ofMinutes(1)).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes one, in place of an earlier one of the name; returns its JDBC URL. */
    String make(String name) {
        drop(name);
        execute("CREATE DATABASE \"%s\"".formatted(name));
        return server.getJdbcUrl(USER, name);
    }

    /** Ends what is connected with it, too. */
    void drop(String name) {
        execute("DROP DATABASE IF EXISTS \"%s\" WITH (FORCE)".formatted(name));
    }

    private void execute(String sql) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
