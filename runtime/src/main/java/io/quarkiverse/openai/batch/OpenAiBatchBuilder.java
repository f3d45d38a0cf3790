package io.quarkiverse.openai.batch;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.quarkiverse.openai.batch.runtime.app.Checks;
import io.quarkiverse.openai.batch.runtime.app.Clients;
import io.quarkiverse.openai.batch.runtime.client.http.Credentials;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings.Timeouts;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings.Transport;
import io.quarkiverse.openai.batch.runtime.provider.Dialect;
import io.quarkiverse.openai.batch.runtime.provider.DialectBuilder;
import io.quarkiverse.openai.batch.runtime.provider.Dialects;
import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * Builds a client without injection. What is not set has the default of an injected client's configuration; no environment
 * variable is read. Wrong values are refused with a {@link ConfigurationException} by {@link #build()}.
 */
public final class OpenAiBatchBuilder {

    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, String> query = new LinkedHashMap<>();
    private Provider provider;
    private String baseUrl;
    private Credentials credentials = Credentials.fixed(null);
    private UnaryOperator<DialectBuilder> deviations = UnaryOperator.identity();
    private RetryOptions retry = RetryOptions.backoff();
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration readTimeout = Duration.ofSeconds(60);
    private Duration uploadTimeout = Duration.ofMinutes(10);
    private Duration downloadTimeout = Duration.ofSeconds(60);
    private Duration submissionSettle = Duration.ofSeconds(5);
    private String tlsConfigurationName;
    private String proxyConfigurationName;
    private boolean http2;

    OpenAiBatchBuilder() {
    }

    /** The provider; by default the one that the host of the base URL belongs to, OpenAI without a base URL. */
    public OpenAiBatchBuilder provider(Provider newProvider) {
        this.provider = newProvider;
        return this;
    }

    /** The URL of the API with its version, such as {@code https://api.openai.com/v1}. */
    public OpenAiBatchBuilder baseUrl(String url) {
        this.baseUrl = url;
        return this;
    }

    /** The key, the same for all requests. */
    public OpenAiBatchBuilder apiKey(String key) {
        this.credentials = Credentials.fixed(key);
        return this;
    }

    /** Where each request's key or token comes from. */
    public OpenAiBatchBuilder authProvider(AuthProvider authProvider) {
        this.credentials = Credentials.of(ClientSettings.BUILT_NAME, authProvider);
        return this;
    }

    public OpenAiBatchBuilder organization(String organization) {
        return header("OpenAI-Organization", organization);
    }

    public OpenAiBatchBuilder project(String project) {
        return header("OpenAI-Project", project);
    }

    /** One more header of each request. */
    public OpenAiBatchBuilder header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** One more query parameter of each request. */
    public OpenAiBatchBuilder query(String name, String value) {
        query.put(name, value);
        return this;
    }

    /** The header that takes the key and what stands before the key; an empty scheme for nothing. */
    public OpenAiBatchBuilder auth(String header, String scheme) {
        return deviation(dialect -> dialect.auth(header, scheme));
    }

    /** The paths of batches and files under the base URL. */
    public OpenAiBatchBuilder paths(String batches, String files) {
        return deviation(dialect -> dialect.batchesPath(checks().path("paths.batches", batches))
                .filesPath(checks().path("paths.files", files)));
    }

    /** The window of batches that name none; empty for sending none. */
    public OpenAiBatchBuilder completionWindow(String window) {
        return deviation(dialect -> dialect.completionWindow(window));
    }

    /** The purpose of uploaded input files. */
    public OpenAiBatchBuilder purpose(String purpose) {
        return deviation(dialect -> dialect.purpose(purpose));
    }

    /** Whether a created batch bears an id in its metadata, by which it is found when the answer was lost; true by default. */
    public OpenAiBatchBuilder submissionIds(boolean sent) {
        return deviation(dialect -> dialect.submissionIds(sent));
    }

    /** How long a batch is looked for after a create whose answer was lost; 5 seconds by default. */
    public OpenAiBatchBuilder submissionSettle(Duration settle) {
        this.submissionSettle = settle;
        return this;
    }

    public OpenAiBatchBuilder retry(RetryOptions options) {
        this.retry = options;
        return this;
    }

    /** How long it may take to connect; 10 seconds by default. */
    public OpenAiBatchBuilder connectTimeout(Duration timeout) {
        this.connectTimeout = timeout;
        return this;
    }

    /** How long an attempt of a call may take, uploads and downloads apart; 60 seconds by default. */
    public OpenAiBatchBuilder readTimeout(Duration timeout) {
        this.readTimeout = timeout;
        return this;
    }

    /** How long an attempt of an upload may take; 10 minutes by default. */
    public OpenAiBatchBuilder uploadTimeout(Duration timeout) {
        this.uploadTimeout = timeout;
        return this;
    }

    /** How long the first byte of a download may take, and how long it may stall then; 60 seconds by default. */
    public OpenAiBatchBuilder downloadTimeout(Duration timeout) {
        this.downloadTimeout = timeout;
        return this;
    }

    /** A TLS configuration of the TLS registry. */
    public OpenAiBatchBuilder tlsConfigurationName(String name) {
        this.tlsConfigurationName = name;
        return this;
    }

    /** A proxy of the proxy registry. */
    public OpenAiBatchBuilder proxyConfigurationName(String name) {
        this.proxyConfigurationName = name;
        return this;
    }

    /** Whether HTTP/2 is spoken, where the server speaks it; false by default. */
    public OpenAiBatchBuilder http2(boolean spoken) {
        this.http2 = spoken;
        return this;
    }

    /**
     * @throws ConfigurationException if a value is not valid, or the provider has no base URL of its own and none was given
     */
    public OpenAiBatch build() {
        return Clients.build(settings(), credentials);
    }

    private ClientSettings settings() {
        Checks checks = checks();
        headers.forEach(checks::header);
        Dialect dialect = dialect(checks);
        String url = baseUrl == null ? dialect.baseUrl() : baseUrl;
        if (url == null) {
            throw new ConfigurationException("The provider %s has no base URL that is the same for all: set %s"
                    .formatted(dialect.provider(), checks.key("base-url")));
        }
        Map<String, String> parameters = new LinkedHashMap<>(dialect.query());
        parameters.putAll(query);
        return new ClientSettings(ClientSettings.BUILT_NAME, checks.uri(url), Map.copyOf(headers), parameters, dialect,
                timeouts(checks), retry, checks.positive("submission.settle", submissionSettle),
                new Transport(Optional.ofNullable(tlsConfigurationName), Optional.ofNullable(proxyConfigurationName), http2));
    }

    private Dialect dialect(Checks checks) {
        Dialect preset = Dialects.of(Optional.ofNullable(provider), Optional.ofNullable(baseUrl).map(checks::uri));
        return deviations.apply(preset.toBuilder()).build();
    }

    private Timeouts timeouts(Checks checks) {
        return new Timeouts(checks.positive("connect-timeout", connectTimeout), checks.positive("read-timeout", readTimeout),
                checks.positive("upload-timeout", uploadTimeout), checks.positive("download-timeout", downloadTimeout));
    }

    private OpenAiBatchBuilder deviation(UnaryOperator<DialectBuilder> deviation) {
        UnaryOperator<DialectBuilder> before = deviations;
        this.deviations = dialect -> deviation.apply(before.apply(dialect));
        return this;
    }

    private static Checks checks() {
        return new Checks(ClientSettings.keyPrefix(ClientSettings.BUILT_NAME));
    }
}
