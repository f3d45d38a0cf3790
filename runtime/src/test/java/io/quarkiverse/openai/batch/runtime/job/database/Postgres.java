package io.quarkiverse.openai.batch.runtime.job.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A PostgreSQL server for all tests of a process. Each test has a namespace of its own, or a database. */
public final class Postgres {

    private static EmbeddedPostgres server;

    private Postgres() {
    }

    /** The server; started when it is first asked for. */
    public static synchronized EmbeddedPostgres server() {
        if (server == null) {
            try {
                Path folder = Files.createDirectories(Path.of("target", "postgres").toAbsolutePath());
                server = EmbeddedPostgres.builder().setOverrideWorkingDirectory(folder.toFile())
                        .setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on")
                        .setPGStartupWait(Duration.ofMinutes(1)).start();
                Runtime.getRuntime().addShutdownHook(new Thread(Postgres::stop));
                pool(2).close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return server;
    }

    private static void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String url() {
        return server().getJdbcUrl("postgres", "postgres");
    }

    /** Connections of the server's database, which has the tables of the jobs. */
    public static AgroalDataSource pool(int most) {
        AgroalDataSource pool = pool(url(), most);
        new Schema(new Database(pool, "", CallerTransaction.NONE)).create();
        return pool;
    }

    public static AgroalDataSource pool(String url, int most) {
        try {
            return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(
                    pool -> pool.maxSize(most).acquisitionTimeout(Duration.ofSeconds(10)).connectionFactoryConfiguration(
                            factory -> factory.jdbcUrl(url).principal(new NamePrincipal("postgres"))
                                    .connectionProviderClass(org.postgresql.Driver.class)
                                    .initialSql("SET idle_in_transaction_session_timeout = '2s'"))));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The jobs of a test in the tables that all share. */
    public static String namespace() {
        return "test-" + UUID.randomUUID();
    }
}
