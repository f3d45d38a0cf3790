package io.quarkiverse.openai.batch.emulator.webhook;

import java.net.URI;

/** Where webhooks are sent, and what signs them. */
public record WebhookEndpoint(URI url, WebhookSecret secret) {

    private static final int MAX_PORT = 65_535;

    /** @throws IllegalArgumentException if the URL cannot be sent to; the message does not repeat user info */
    public WebhookEndpoint {
        if (url.getRawUserInfo() != null || url.getRawAuthority() != null && url.getRawAuthority().contains("@")) {
            throw new IllegalArgumentException("The webhook URL must not contain a user or a password");
        }
        if (!"http".equalsIgnoreCase(url.getScheme()) && !"https".equalsIgnoreCase(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException("The webhook URL must be an http or https URL, not " + url);
        }
        if (url.getRawFragment() != null || url.getPort() == 0 || url.getPort() > MAX_PORT) {
            throw new IllegalArgumentException(
                    "The webhook URL must have no fragment, and a port of 1 to 65535 if it has one, not " + url);
        }
    }

    /** Without query, which may hold a secret of the receiver. */
    @Override
    public String toString() {
        return url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
    }
}
