package io.quarkiverse.openai.batch.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

/** An application that had its jobs in a directory, and gets a datasource. */
class JobsMoveFromADirectoryIT {

    private static final String KEY = "quarkus.openai-batch.jobs.";
    private static final String JOB = "numbers-3000";

    private final Cluster cluster = new Cluster(100);

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void whileTheirBatchesRun() throws Exception {
        Replica before = cluster.start(Map.of(KEY + "store", "directory", KEY + "directory", directory.toString()));
        assertThat(before.call("POST", "/jobs/" + JOB, 30).statusCode()).isEqualTo(204);
        Cluster.until("its batches run", Duration.ofMinutes(1), () -> !cluster.emulator.batches().isEmpty());
        before.kill();

        Replica moving = cluster.start(Map.of(KEY + "move-directory", "true", KEY + "directory", directory.toString()));
        JsonNode end = cluster.get(moving, "/jobs/" + JOB + "/end?seconds=120", 130);
        assertThat(end.get("state").asText()).isEqualTo("FINISHED");
        assertThat(end.get("succeeded").asInt()).isEqualTo(3_000);
        assertThat(cluster.count("SELECT count(DISTINCT custom_id) FROM answers")).isEqualTo(3_000);
        assertThat(cluster.emulator.ledger().summary().paid()).isEqualTo(3_000);

        // nothing is left that would stop a start without the key
        Replica after = cluster.start(Map.of(KEY + "directory", directory.toString()));
        assertThat(cluster.get(after, "/jobs/" + JOB + "/results", 60).toString()).isEqualTo("[3000,3000]");
    }
}
