package io.quarkiverse.openai.batch.runtime.client.http;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings;
import io.quarkiverse.openai.batch.runtime.provider.Credentials;
import io.quarkus.runtime.configuration.ConfigurationException;

/** The header with a client's key, and the rules where it may go. */
public final class KeyHeader {

    private static final Set<String> SECRET = Set.of("authorization", "proxy-authorization", "cookie", "api-key", "x-api-key");

    private final ClientSettings settings;
    private final Credentials credentials;
    private final boolean loopback;
    private final boolean encrypted;
    /** Most keys stay the same: the header that was last found fit to be sent. */
    private volatile Map.Entry<String, String> lastChecked = Map.entry("", "");

    public KeyHeader(ClientSettings settings, Credentials credentials) {
        this.settings = settings;
        this.credentials = credentials;
        this.loopback = isLoopback(settings.baseUrl());
        this.encrypted = "https".equalsIgnoreCase(settings.baseUrl().getScheme());
    }

    /** Whose key it is and where it comes from, to follow in a message. */
    String description() {
        String client = settings.name().equals(ClientSettings.BUILT_NAME) ? "a built client"
                : "client " + settings.name();
        return ". The key of %s comes from %s".formatted(client, credentials.source());
    }

    /**
     * Looks whether a request could be sent. A key that may be another one for each request is not asked for.
     *
     * @throws ConfigurationException as {@link #forRequest} fails
     */
    void requireKey() {
        if (isRenewable()) {
            return;
        }
        try {
            forRequest(settings.headers(), false).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof ConfigurationException wrong ? wrong : e;
        }
    }

    boolean isRenewable() {
        return credentials.isRenewable();
    }

    /**
     * @param headers the request's own; what is in one of them is sent as it is, and in place of the key
     * @return name and value of the header; empty for none. Fails with a {@link ConfigurationException} if there is no key
     *         where the provider needs one, or if it would go over plain http to another machine
     */
    public CompletionStage<Optional<Map.Entry<String, String>>> forRequest(Map<String, String> headers, boolean refused) {
        if (headers.keySet().stream().anyMatch(this::isSecret)) {
            checkTransport();
        }
        if (headers.keySet().stream().anyMatch(settings.dialect().authHeader()::equalsIgnoreCase)) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        return credentials.key(settings.baseUrl().getHost(), refused)
                .thenApply(key -> key == null || key.isBlank() ? none() : header(key.strip()));
    }

    /** Whether a header of this name has a key or another secret. */
    boolean isSecret(String header) {
        return header.equalsIgnoreCase(settings.dialect().authHeader()) || SECRET.contains(header.toLowerCase(Locale.ROOT));
    }

    private Optional<Map.Entry<String, String>> none() {
        if (settings.dialect().keyNeeded() && !loopback) {
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
        Map.Entry<String, String> known = lastChecked;
        if (known.getValue().equals(value)) {
            return Optional.of(known);
        }
        // an AuthProvider may give a header of another kind
        if (!isRenewable() && !key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new ConfigurationException(description().substring(2)
                    + ", and has a space or a character beyond ASCII: is there more than the key in it?");
        }
        try {
            CallOptions.of().withHeader(settings.dialect().authHeader(), value);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("The API key cannot be sent: " + e.getMessage());
        }
        Map.Entry<String, String> header = Map.entry(settings.dialect().authHeader(), value);
        lastChecked = header;
        return Optional.of(header);
    }

    private void checkTransport() {
        if (!encrypted && !loopback) {
            throw new ConfigurationException(
                    "The API key would go unencrypted to %s: set %sbase-url to an https URL, or leave the key away"
                            .formatted(settings.baseUrl(), settings.keyPrefix()));
        }
    }

    static boolean isLoopback(URI url) {
        String host = Optional.ofNullable(url.getHost()).orElse("").toLowerCase(Locale.ROOT);
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
    }
}
