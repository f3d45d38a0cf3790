package io.quarkiverse.openai.batch.test.client.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.UUID;

import io.quarkiverse.openai.batch.CallOptions;

/**
 * Requests of one test to the {@link FaultyServer}, and what the server saw of them.
 *
 * @param url where the server is
 * @param name by which the server knows them
 */
public record FaultyRun(String url, String name) {

    public static FaultyRun at(String url) {
        return new FaultyRun(url, UUID.randomUUID().toString());
    }

    /** Options of calls with which something goes wrong, each time. */
    public CallOptions always(String fault) {
        return CallOptions.of().withHeader("X-Run", name).withHeader("X-Fault", fault);
    }

    /** Options of calls with the first of which something goes wrong. */
    public CallOptions once(String fault) {
        return always(fault).withHeader("X-Times", "1");
    }

    /** How many requests came. */
    public int requests() {
        return Integer.parseInt(get("/runs/" + name));
    }

    /** Waits until a request has come. */
    public void awaitRequest() {
        while (requests() == 0) {
            Thread.onSpinWait();
        }
    }

    /** Waits until the client resets a request that the server held; false if it does not for ten seconds. */
    public boolean isReset() {
        return Boolean.parseBoolean(get("/resets/" + name));
    }

    /** How many connections the server has. */
    public int connections() {
        return Integer.parseInt(get("/connections"));
    }

    private String get(String path) {
        try (InputStream answer = URI.create(url + path).toURL().openStream()) {
            return new String(answer.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
