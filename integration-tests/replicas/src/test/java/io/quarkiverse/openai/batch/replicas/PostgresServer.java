package io.quarkiverse.openai.batch.replicas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A PostgreSQL server that stops and starts again, with the same port and data, or with those of a moment before. */
final class PostgresServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path folder = Path.of("target", "postgres").toAbsolutePath();
    private final Path data;
    private final Path copy;
    private EmbeddedPostgres server;

    PostgresServer() {
        try {
            Files.createDirectories(folder);
            data = Files.createTempDirectory(folder, "data-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        copy = folder.resolve(data.getFileName() + "-copy");
        server = started(Replica.freePort());
    }

    private EmbeddedPostgres started(int port) {
        try {
            return EmbeddedPostgres.builder().setOverrideWorkingDirectory(folder.toFile()).setDataDirectory(data)
                    .setCleanDataDirectory(false).setPort(port).setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on").setServerConfig("max_connections", "200")
                    .setServerConfig("max_prepared_transactions", "20")
                    .setPGStartupWait(PATIENCE).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getPort();
    }

    String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    DataSource database() {
        return server.getPostgresDatabase();
    }

    /** As {@code pg_ctl stop -m fast} does. */
    void stop() {
        end("INT");
    }

    /** As {@code pg_ctl stop -m immediate} does: the next start recovers what was committed. */
    void stopImmediately() {
        end("QUIT");
    }

    private void end(String signal) {
        ProcessHandle postmaster = postmaster();
        signal(signal, Stream.of(postmaster));
        Cluster.until("PostgreSQL stops", PATIENCE, () -> !postmaster.isAlive());
    }

    void start() {
        int port = server.getPort();
        // for its lock on the folder, whose process has ended
        close(server);
        server = started(port);
    }

    private static void close(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies the data of the running server as it is at one moment, which is what a loss of power leaves. */
    void copy() {
        ProcessHandle postmaster = postmaster();
        signal("STOP", Stream.of(postmaster));
        List<ProcessHandle> sessions = postmaster.children().toList();
        signal("STOP", sessions.stream());
        try {
            copy(data, copy);
        } finally {
            signal("CONT", Stream.concat(sessions.stream(), Stream.of(postmaster)));
        }
    }

    /** Has the server, which is stopped, begin from its copy. */
    void restore() {
        delete(data);
        copy(copy, data);
        data.resolve("postmaster.pid").toFile().delete();
    }

    private ProcessHandle postmaster() {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0))).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void signal(String signal, Stream<ProcessHandle> processes) {
        List<String> command = Stream.concat(Stream.of("kill", "-" + signal),
                processes.map(process -> Long.toString(process.pid()))).toList();
        if (command.size() == 2) {
            return;
        }
        try {
            new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With owners and modes, which the server checks. */
    private static void copy(Path from, Path to) {
        try {
            delete(to);
            int status = new ProcessBuilder("cp", "-a", from.toString(), to.toString()).inheritIO().start().waitFor();
            if (status != 0) {
                throw new IllegalStateException("cp ends with " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        close(server);
        delete(data);
        delete(copy);
    }
}
