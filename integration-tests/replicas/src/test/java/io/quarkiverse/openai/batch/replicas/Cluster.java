package io.quarkiverse.openai.batch.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.openai.batch.emulator.Emulator;
import io.quarkiverse.openai.batch.emulator.EmulatorOptions;

/** A PostgreSQL server, an emulator, and processes that share both. */
final class Cluster implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    final PostgresServer postgres = new PostgresServer();
    final Emulator emulator;
    private final List<Replica> replicas = new ArrayList<>();
    private int started;

    Cluster(double speed) {
        this(EmulatorOptions.builder().speed(speed));
    }

    Cluster(EmulatorOptions.Builder options) {
        emulator = Emulator.start(options.build());
    }

    /** Starts a process, and waits until it is ready. */
    Replica start(Map<String, String> properties) {
        Replica replica = new Replica(Integer.toString(++started), postgres.port(), emulator.baseUrl(), properties);
        replicas.add(replica);
        until("replica " + replica.name() + " is ready", Duration.ofSeconds(180), () -> {
            assertThat(replica.isAlive()).as("replica " + replica.name() + " runs; see its log").isTrue();
            return replica.isReady();
        });
        return replica;
    }

    /** Those that were started, and not killed. */
    List<Replica> replicas() {
        return replicas.stream().filter(Replica::isAlive).toList();
    }

    static void until(String what, Duration atMost, BooleanSupplier condition) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    JsonNode get(Replica replica, String path, int seconds) {
        try {
            var response = replica.call("GET", path, seconds);
            assertThat(response.statusCode()).as(() -> path + ": " + response.body()).isEqualTo(200);
            return MAPPER.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a process says that nothing happens to a job any more by itself. */
    boolean isAtRest(Replica replica, String job) {
        try {
            var response = replica.call("GET", "/jobs/" + job, 30);
            return response.statusCode() == 200 && Stream.of("FINISHED", "PAUSED", "INTERRUPTED")
                    .anyMatch(state -> response.body().contains("\"" + state + "\""));
        } catch (IOException e) {
            return false;
        }
    }

    void update(String sql) {
        try (Connection connection = postgres.database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    long count(String sql) {
        try (Connection connection = postgres.database().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        replicas.forEach(Replica::close);
        emulator.close();
        postgres.close();
    }
}
