package io.quarkiverse.openai.batch;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.quarkiverse.openai.batch.runtime.app.Checks;
import io.quarkiverse.openai.batch.runtime.app.Clients;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings.Polls;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings.Timeouts;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings.Transport;
import io.quarkiverse.openai.batch.runtime.provider.Credentials;
import io.quarkiverse.openai.batch.runtime.provider.Dialect;
import io.quarkiverse.openai.batch.runtime.provider.DialectBuilder;
import io.quarkiverse.openai.batch.runtime.provider.Dialects;
import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * Builds a client without injection. Settings have the defaults of an injected client's configuration; no environment variable
 * is read. {@link #build()} needs a running Quarkus application, see {@link OpenAiBatch}.
 */
public final class OpenAiBatchBuilder {

    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, String> query = new LinkedHashMap<>();
    private Provider provider;
    private String baseUrl;
    private Credentials credentials = Credentials.fixed(null, "nowhere");
    private UnaryOperator<DialectBuilder> deviations = UnaryOperator.identity();
    private RetryOptions retry = RetryOptions.backoff();
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration readTimeout = Duration.ofSeconds(60);
    private Duration uploadTimeout = Duration.ofMinutes(10);
    private Duration downloadTimeout = Duration.ofSeconds(60);
    private Duration shortestPoll = Duration.ofSeconds(1);
    private Duration longestPoll = Duration.ofMinutes(1);
    private Duration submissionSettle = Duration.ofSeconds(5);
    private String tlsConfigurationName;
    private String proxyConfigurationName;
    private String accountId;
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
        this.credentials = Credentials.fixed(key, "apiKey(…)");
        return this;
    }

    /** The source of each request's key or token. */
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

    /** Adds a header to each request. */
    public OpenAiBatchBuilder header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Adds a query parameter to each request. */
    public OpenAiBatchBuilder query(String name, String value) {
        query.put(name, value);
        return this;
    }

    /** The header of the key, and the scheme before the key; empty for none. */
    public OpenAiBatchBuilder auth(String header, String scheme) {
        return deviation(dialect -> dialect.auth(header, scheme));
    }

    /** The paths of batches and files under the base URL. */
    public OpenAiBatchBuilder paths(String batches, String files) {
        return deviation(dialect -> dialect.batchesPath(checks().path("paths.batches", batches))
                .filesPath(checks().path("paths.files", files)));
    }

    /** The completion window of batches whose request has none; empty to send none. */
    public OpenAiBatchBuilder completionWindow(String window) {
        return deviation(dialect -> dialect.completionWindow(window));
    }

    /** The purpose of uploaded input files. */
    public OpenAiBatchBuilder purpose(String purpose) {
        return deviation(dialect -> dialect.purpose(purpose));
    }

    /** Whether a created batch carries an id in its metadata, to find it if the response was lost; true by default. */
    public OpenAiBatchBuilder submissionIds(boolean sent) {
        return deviation(dialect -> dialect.submissionIds(sent));
    }

    /** How long a batch is looked for after a create whose response was lost; 5 seconds by default. */
    public OpenAiBatchBuilder submissionSettle(Duration settle) {
        this.submissionSettle = settle;
        return this;
    }

    public OpenAiBatchBuilder retry(RetryOptions options) {
        this.retry = options;
        return this;
    }

    /** The time-out of connecting; 10 seconds by default. */
    public OpenAiBatchBuilder connectTimeout(Duration timeout) {
        this.connectTimeout = timeout;
        return this;
    }

    /** The time-out of one attempt of a call, except for uploads and downloads; 60 seconds by default. */
    public OpenAiBatchBuilder readTimeout(Duration timeout) {
        this.readTimeout = timeout;
        return this;
    }

    /** The time-out of one attempt of an upload; 10 minutes by default. */
    public OpenAiBatchBuilder uploadTimeout(Duration timeout) {
        this.uploadTimeout = timeout;
        return this;
    }

    /** The longest time until the first byte of a download, and without a byte after that; 60 seconds by default. */
    public OpenAiBatchBuilder downloadTimeout(Duration timeout) {
        this.downloadTimeout = timeout;
        return this;
    }

    /** The shortest and the longest pause between two looks at a running batch; 1 second and 1 minute by default. */
    public OpenAiBatchBuilder pollInterval(Duration shortest, Duration longest) {
        this.shortestPoll = shortest;
        this.longestPoll = longest;
        return this;
    }

    /** A TLS configuration of the TLS registry. */
    public OpenAiBatchBuilder tlsConfigurationName(String name) {
        this.tlsConfigurationName = name;
        return this;
    }

    /** The name of the account; the default is made of base URL, organization and project. */
    public OpenAiBatchBuilder accountId(String name) {
        this.accountId = name;
        return this;
    }

    /** A proxy of the proxy registry. */
    public OpenAiBatchBuilder proxyConfigurationName(String name) {
        this.proxyConfigurationName = name;
        return this;
    }

    /** Whether HTTP/2 is used with servers that support it; false by default. */
    public OpenAiBatchBuilder http2(boolean spoken) {
        this.http2 = spoken;
        return this;
    }

    /**
     * @throws ConfigurationException if a value is not valid, or the provider has no base URL of its own and none was given
     * @throws IllegalStateException if no Quarkus application is running
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
                timeouts(checks), retry, new Polls(checks.positive("jobs.poll-interval.min", shortestPoll),
                        checks.positive("jobs.poll-interval.max", longestPoll)),
                checks.positive("submission.settle", submissionSettle),
                new Transport(Optional.ofNullable(tlsConfigurationName), Optional.ofNullable(proxyConfigurationName), http2),
                accountId);
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
