package io.quarkiverse.openai.batch.emulator;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

import io.quarkiverse.openai.batch.emulator.webhook.WebhookEndpoint;
import io.quarkiverse.openai.batch.emulator.webhook.WebhookSecret;

/** What {@link EmulatorOptions} must be. */
final class OptionChecks {

    private static final double MIN_SPEED = 0.000_001;

    private OptionChecks() {
    }

    static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    static double speed(double speed) {
        require(speed >= MIN_SPEED && Double.isFinite(speed), "The speed must be at least 0.000001, not " + speed);
        return speed;
    }

    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("Unknown host: " + host, e);
        }
    }

    /** @param upstream null for none */
    static void upstream(URI upstream, String key) {
        if (upstream == null) {
            return;
        }
        String scheme = upstream.getScheme();
        require(("http".equals(scheme) || "https".equals(scheme)) && upstream.getHost() != null,
                "The upstream must be an http or https URL, not " + upstream);
        require(upstream.getUserInfo() == null && upstream.getQuery() == null && upstream.getFragment() == null,
                "The upstream must have no user, query or fragment");
        require(key == null || "https".equals(scheme) || isLoopback(upstream.getHost()),
                "The upstream key is not sent over plain http beyond loopback");
    }

    /**
     * @param url null for none
     * @param secret null for a random one
     */
    static WebhookEndpoint webhook(URI url, String secret) {
        WebhookSecret key = secret == null ? WebhookSecret.generate() : WebhookSecret.of(secret);
        return url == null ? null : new WebhookEndpoint(url, key);
    }
}
