package io.quarkiverse.openai.batch.test.client.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** Starts a {@link FaultyServer}; {@code faulty.url} is where. */
public class FaultyServerResource implements QuarkusTestResourceLifecycleManager {

    private FaultyServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = new FaultyServer();
            return Map.of("faulty.url", "http://localhost:" + server.port(), "faulty.port", Integer.toString(server.port()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
