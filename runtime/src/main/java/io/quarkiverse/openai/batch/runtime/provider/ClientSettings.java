package io.quarkiverse.openai.batch.runtime.provider;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.openai.batch.RetryOptions;

/**
 * The checked configuration of a client.
 *
 * @param name the name of the client, {@code <default>} for the default one
 * @param baseUrl where the API is, without a slash at its end
 * @param headers headers of each request, without the key
 * @param query parameters of each request
 * @param dialect how the provider differs from OpenAI
 * @param timeouts how long an attempt may take
 * @param retry when a call is tried again
 * @param polls when a running batch is looked at
 * @param submissionSettle how long a batch is looked for after a create whose answer was lost
 * @param transport TLS, proxy and protocol
 * @param accountId the name of the account; null for one that follows from URL, organization and project
 */
public record ClientSettings(String name, URI baseUrl, Map<String, String> headers, Map<String, String> query, Dialect dialect,
        Timeouts timeouts, RetryOptions retry, Polls polls, Duration submissionSettle, Transport transport, String accountId) {

    public static final String DEFAULT_NAME = "<default>";
    public static final String BUILT_NAME = "<built>";

    /**
     * @param connect until a connection is there
     * @param read one attempt of a call, upload and download apart
     * @param upload one attempt of an upload
     * @param download until the first byte of a download, and how long it may stall
     */
    public record Timeouts(Duration connect, Duration read, Duration upload, Duration download) {
    }

    /**
     * The pauses between looks at a running batch.
     *
     * @param shortest the shortest pause
     * @param longest the longest pause
     */
    public record Polls(Duration shortest, Duration longest) {

        /** A tenth of the age of the batch, within the bounds. */
        public Duration after(Duration age) {
            Duration interval = age.dividedBy(10);
            if (interval.compareTo(shortest) < 0) {
                return shortest;
            }
            return interval.compareTo(longest) > 0 ? longest : interval;
        }
    }

    /**
     * @param tlsConfigurationName the TLS configuration of the TLS registry; empty for the default one
     * @param proxyConfigurationName the proxy of the proxy registry; empty for the default one
     * @param http2 whether HTTP/2 is spoken
     */
    public record Transport(Optional<String> tlsConfigurationName, Optional<String> proxyConfigurationName, boolean http2) {
    }

    /** The account: the configured name, or what shows without the key, which may change. */
    public String account() {
        return accountId != null ? accountId
                : baseUrl + headers.getOrDefault("OpenAI-Organization", "").transform(it -> it.isEmpty() ? "" : " " + it)
                        + headers.getOrDefault("OpenAI-Project", "").transform(it -> it.isEmpty() ? "" : " " + it);
    }

    /** The longest that a request can be on its way that creates a batch, its repetitions included. */
    public Duration createTimeout() {
        Duration wait = retry.maxInterval().compareTo(retry.maxRetryAfter()) > 0 ? retry.maxInterval() : retry.maxRetryAfter();
        Duration attempts = timeouts.read.plus(timeouts.connect).plus(wait).multipliedBy(retry.maxRetries() + 1L);
        return attempts.compareTo(retry.maxElapsedTime()) < 0 ? attempts : retry.maxElapsedTime();
    }

    public boolean isDefault() {
        return name.equals(DEFAULT_NAME);
    }

    /** The prefix of this client's configuration keys, for messages. */
    public String keyPrefix() {
        return keyPrefix(name);
    }

    public static String keyPrefix(String clientName) {
        return switch (clientName) {
            case DEFAULT_NAME -> "quarkus.openai-batch.";
            case BUILT_NAME -> "OpenAiBatch.builder() ";
            default -> "quarkus.openai-batch.\"" + clientName + "\".";
        };
    }
}
