package io.quarkiverse.openai.batch.replicas;

import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** A database and a provider for the application in the process of the test. */
public class PostgresAndEmulator implements QuarkusTestResourceLifecycleManager {

    private Cluster cluster;

    @Override
    public Map<String, String> start() {
        cluster = new Cluster(2_000);
        String url = cluster.postgres.url();
        return Map.of("quarkus.datasource.jdbc.url", url, "quarkus.datasource.other.jdbc.url", url,
                "quarkus.openai-batch.base-url", cluster.emulator.baseUrl().toString(),
                "quarkus.openai-batch.jobs.poll-interval.min", "0.2S");
    }

    @Override
    public void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }
}
