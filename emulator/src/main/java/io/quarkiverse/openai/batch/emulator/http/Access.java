package io.quarkiverse.openai.batch.emulator.http;

import java.time.Duration;

/**
 * Where the server listens, and who may use it.
 *
 * @param port 0 for a free one
 * @param loopback whether only this machine can reach the host; the control interface is served on loopback only
 * @param requireKey whether a request without a key is refused
 * @param apiKey the only key that is accepted; null for any
 * @param idleTimeout the time without a byte after which a connection is closed
 */
public record Access(String host, int port, boolean loopback, boolean requireKey, String apiKey, Duration idleTimeout) {

    /** Without the key. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
