package io.quarkiverse.openai.batch.runtime.client;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.openai.batch.CallOptions;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;

/** The header with a client's key, and the rules where it may go. */
final class KeyHeader {

    private static final Set<String> SECRET = Set.of("authorization", "proxy-authorization", "cookie", "api-key", "x-api-key");

    private final ClientSettings settings;
    private final Credentials credentials;

    KeyHeader(ClientSettings settings, Credentials credentials) {
        this.settings = settings;
        this.credentials = credentials;
    }

    boolean isRenewable() {
        return credentials.isRenewable();
    }

    /**
     * @param headers the request's own; what is in one of them is sent as it is, and in place of the key
     * @return name and value of the header; empty for none. Fails with a {@link ConfigurationException} if there is no key
     *         where the provider needs one, or if it would go over plain http to another machine
     */
    Uni<Optional<Map.Entry<String, String>>> forRequest(Map<String, String> headers, boolean refused) {
        if (headers.keySet().stream().anyMatch(this::isSecret)) {
            checkTransport();
        }
        if (headers.keySet().stream().anyMatch(settings.dialect().authHeader()::equalsIgnoreCase)) {
            return Uni.createFrom().item(Optional.empty());
        }
        return credentials.key(settings.baseUrl().getHost(), refused)
                .map(key -> key == null || key.isBlank() ? none() : header(key.strip()));
    }

    private boolean isSecret(String header) {
        return header.equalsIgnoreCase(settings.dialect().authHeader()) || SECRET.contains(header.toLowerCase(Locale.ROOT));
    }

    private Optional<Map.Entry<String, String>> none() {
        if (settings.dialect().keyNeeded() && !isLoopback(settings.baseUrl())) {
            String variable = settings.dialect().keyVariable();
            throw new ConfigurationException("No API key for %s: set %sapi-key%s".formatted(settings.baseUrl(),
                    settings.keyPrefix(),
                    variable == null ? "" : ", or the environment variable " + variable));
        }
        return Optional.empty();
    }

    private Optional<Map.Entry<String, String>> header(String key) {
        checkTransport();
        String scheme = settings.dialect().authScheme();
        String value = scheme.isBlank() ? key : scheme + " " + key;
        try {
            CallOptions.header(settings.dialect().authHeader(), value);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("The API key cannot be sent: " + e.getMessage());
        }
        return Optional.of(Map.entry(settings.dialect().authHeader(), value));
    }

    private void checkTransport() {
        URI url = settings.baseUrl();
        if (!"https".equalsIgnoreCase(url.getScheme()) && !isLoopback(url)) {
            throw new ConfigurationException(
                    "The API key would go unencrypted to %s: set %sbase-url to an https URL, or leave the key away"
                            .formatted(url, settings.keyPrefix()));
        }
    }

    static boolean isLoopback(URI url) {
        String host = Optional.ofNullable(url.getHost()).orElse("").toLowerCase(Locale.ROOT);
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
    }
}
