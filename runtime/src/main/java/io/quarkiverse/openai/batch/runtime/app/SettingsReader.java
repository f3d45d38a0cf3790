package io.quarkiverse.openai.batch.runtime.app;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.openai.batch.RetryOptions;
import io.quarkiverse.openai.batch.job.Prices;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.runtime.config.ClientRuntimeConfig;
import io.quarkiverse.openai.batch.runtime.config.CollectorRuntimeConfig;
import io.quarkiverse.openai.batch.runtime.config.JobsRuntimeConfig;
import io.quarkiverse.openai.batch.runtime.config.LimitsRuntimeConfig;
import io.quarkiverse.openai.batch.runtime.config.PriceRuntimeConfig;
import io.quarkiverse.openai.batch.runtime.config.RetryRuntimeConfig;
import io.quarkiverse.openai.batch.runtime.job.setup.Collecting;
import io.quarkiverse.openai.batch.runtime.job.setup.HandlerRetry;
import io.quarkiverse.openai.batch.runtime.job.setup.InvalidAnswers;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings;
import io.quarkiverse.openai.batch.runtime.provider.Dialect;
import io.quarkiverse.openai.batch.runtime.provider.DialectBuilder;
import io.quarkiverse.openai.batch.runtime.provider.Dialects;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Reads the settings of a client from its configuration and checks them. Every message names the key. */
public final class SettingsReader {

    private final String name;
    private final ClientRuntimeConfig config;
    private final Optional<String> restClientUrl;
    private final Checks checks;

    /**
     * @param restClientUrl the URL that {@code quarkus.rest-client.openai-batch.url} gives to the default client
     */
    public SettingsReader(String name, ClientRuntimeConfig config, Optional<String> restClientUrl) {
        this.name = name;
        this.config = config;
        this.restClientUrl = restClientUrl;
        this.checks = new Checks(ClientSettings.keyPrefix(name));
    }

    /**
     * @throws ConfigurationException if a value is not valid, or the provider has no base URL of its own and none is configured
     */
    public ClientSettings read() {
        Dialect preset = preset();
        URI baseUrl = baseUrl(preset);
        return new ClientSettings(name, baseUrl, headers(), query(preset), dialect(preset), timeouts(), retry(), polls(),
                checks.positive("submission.settle", config.submission().settle()),
                new ClientSettings.Transport(config.tlsConfigurationName(), config.proxyConfigurationName(), config.http2()),
                config.accountId().orElse(null));
    }

    private Dialect preset() {
        Optional<String> url = configuredUrl();
        if (url.isEmpty() && config.provider().isEmpty() && !name.equals(ClientSettings.DEFAULT_NAME)) {
            throw new ConfigurationException(
                    ("The client \"%s\" is not configured, and no bean of ClientProvider gives it: set %s or "
                            + "%s, and %s").formatted(name,
                                    checks.key("base-url"), checks.key("provider"), checks.key("api-key")));
        }
        return Dialects.of(config.provider(), url.map(checks::uri));
    }

    private Optional<String> configuredUrl() {
        return restClientUrl.or(config::baseUrl);
    }

    private URI baseUrl(Dialect preset) {
        String url = configuredUrl().orElse(preset.baseUrl());
        if (url == null) {
            throw new ConfigurationException("The provider %s has no base URL that is the same for all: set %s"
                    .formatted(preset.provider(), checks.key("base-url")));
        }
        return checks.uri(url);
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>(config.headers());
        config.organization().ifPresent(organization -> headers.put("OpenAI-Organization", organization));
        config.project().ifPresent(project -> headers.put("OpenAI-Project", project));
        headers.forEach(checks::header);
        return headers;
    }

    private Map<String, String> query(Dialect preset) {
        Map<String, String> query = new LinkedHashMap<>(preset.query());
        query.putAll(config.query());
        return query;
    }

    private Dialect dialect(Dialect preset) {
        DialectBuilder dialect = preset.toBuilder();
        String header = config.auth().header().orElse(preset.authHeader());
        dialect.auth(header, config.auth().scheme().orElseGet(() -> scheme(header, preset)));
        config.paths().batches().ifPresent(path -> dialect.batchesPath(checks.path("paths.batches", path)));
        config.paths().files().ifPresent(path -> dialect.filesPath(checks.path("paths.files", path)));
        config.purpose().ifPresent(dialect::purpose);
        config.completionWindow().ifPresent(dialect::completionWindow);
        return dialect.submissionIds(preset.submissionIds() && config.submission().enabled())
                .limits(limits(preset.limits()))
                .batchesPerHour((int) checks.notNegative("limits.batches-per-hour",
                        config.limits().batchesPerHour().orElse(preset.batchesPerHour())))
                .build();
    }

    private static String scheme(String header, Dialect preset) {
        if (header.equalsIgnoreCase(preset.authHeader())) {
            return preset.authScheme();
        }
        return header.equalsIgnoreCase("Authorization") ? "Bearer" : "";
    }

    private LineLimits limits(LineLimits preset) {
        LimitsRuntimeConfig limits = config.limits();
        return preset
                .withRequests(checks.notNegative("limits.requests", limits.requests().orElse(preset.requests())))
                .withBytes(checks.notNegative("limits.bytes",
                        limits.bytes().map(size -> size.asLongValue()).orElse(preset.bytes())))
                .withEmbeddingInputs(checks.notNegative("limits.embedding-inputs",
                        limits.embeddingInputs().orElse(preset.embeddingInputs())))
                .withMetadata((int) checks.notNegative("limits.metadata", limits.metadata().orElse(preset.metadata())))
                .withCustomIdLength((int) checks.notNegative("limits.custom-id-length",
                        limits.customIdLength().orElse(preset.customIdLength())))
                .withCustomIdCharacters(limits.customIdCharacters().map(this::characters).orElse(preset.customIdCharacters()))
                .withOneModel(limits.oneModel().orElse(preset.oneModel()))
                .withStreams(limits.streams().orElse(preset.streams()));
    }

    private String characters(String characters) {
        try {
            LineLimits.NONE.withCustomIdCharacters(characters);
            return characters;
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("%s must be a class of a regular expression such as A-Za-z0-9_-, but is \"%s\""
                    .formatted(checks.key("limits.custom-id-characters"), SafeText.of(characters, 200)));
        }
    }

    private ClientSettings.Timeouts timeouts() {
        return new ClientSettings.Timeouts(
                checks.positive("connect-timeout", config.connectTimeout()),
                checks.positive("read-timeout", config.readTimeout()),
                checks.positive("upload-timeout", config.uploadTimeout()),
                checks.positive("download-timeout", config.downloadTimeout()));
    }

    private RetryOptions retry() {
        RetryRuntimeConfig retry = config.retry();
        try {
            RetryOptions options = new RetryOptions(retry.maxRetries(), retry.initialInterval(), retry.maxInterval(),
                    retry.exponent(), retry.jitter(), retry.maxElapsedTime(), retry.connectionErrors(), retry.statusCodes(),
                    retry.maxRetryAfter());
            return retry.strategy() == RetryRuntimeConfig.Strategy.NONE ? options.withMaxRetries(0) : options;
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(checks.key("retry." + e.getMessage()));
        }
    }

    private ClientSettings.Polls polls() {
        JobsRuntimeConfig.PollInterval interval = config.jobs().pollInterval();
        return new ClientSettings.Polls(checks.positive("jobs.poll-interval.min", interval.shortest()),
                checks.positive("jobs.poll-interval.max", interval.longest()));
    }

    /**
     * @throws ConfigurationException if a value is not valid
     */
    public JobSettings readJobs(ClientSettings client) {
        JobsRuntimeConfig jobs = config.jobs();
        return JobSettings.of(client.dialect().limits()).withBatchesPerHour(client.dialect().batchesPerHour())
                .withPolls(client.polls().shortest(), client.polls().longest())
                .withSettle(checks.positive("jobs.settle", jobs.settle()),
                        client.createTimeout())
                .withRoom(checks.notNegative("jobs.batch-tokens", jobs.batchTokens().orElse(0)),
                        (int) checks.atLeastOne("jobs.active-batches", jobs.activeBatches()),
                        checks.notNegative("jobs.enqueued-tokens", jobs.enqueuedTokens().orElse(0)))
                .withAttempts((int) checks.atLeastOne("jobs.line-attempts", jobs.lineAttempts()), jobs.resubmitUnknown())
                .withResultBytes(checks.atLeastOne("jobs.result-bytes", jobs.resultBytes().asLongValue()))
                .withCancelTimeout(checks.positive("jobs.cancel-timeout", jobs.cancelTimeout()))
                .withRetention(jobs.results(), jobs.providerFiles(),
                        jobs.retention().map(time -> checks.positive("jobs.retention", time)))
                .withPrices(prices(jobs.prices())).withHandlerRetry(handlerRetry(jobs.handlerRetry()))
                .withInvalid(new InvalidAnswers((int) checks.notNegative("jobs.invalid-attempts", jobs.invalidAttempts()),
                        jobs.invalidHint(), jobs.invalidUnfinished()))
                .withCheckModels(jobs.checkModels()).withCollecting(collecting(jobs.collector()));
    }

    private Collecting collecting(CollectorRuntimeConfig collector) {
        return new Collecting(checks.atLeastOne("jobs.collector.lines", collector.lines()),
                checks.atLeastOne("jobs.collector.bytes", collector.bytes().asLongValue()),
                checks.positive("jobs.collector.age", collector.age()));
    }

    private HandlerRetry handlerRetry(JobsRuntimeConfig.HandlerRetryConfig retry) {
        return new HandlerRetry((int) checks.atLeastOne("jobs.handler-retry.attempts", retry.attempts()),
                checks.positive("jobs.handler-retry.initial-interval", retry.initialInterval()),
                checks.positive("jobs.handler-retry.max-interval", retry.maxInterval()),
                checks.positive("jobs.handler-retry.max-elapsed-time", retry.maxElapsedTime()));
    }

    private Prices prices(Map<String, PriceRuntimeConfig> ofModel) {
        Prices prices = Prices.none();
        for (Map.Entry<String, PriceRuntimeConfig> of : ofModel.entrySet()) {
            prices = prices.withAll(prices("jobs.prices.\"" + of.getKey() + "\".", of.getKey(), of.getValue()));
        }
        return prices;
    }

    private Prices prices(String key, String model, PriceRuntimeConfig price) {
        Prices prices = Prices.none().withModel(model, checks.price(key + "input", price.input()),
                checks.price(key + "cached-input", price.cachedInput().orElse(price.input())),
                price.output().map(output -> checks.price(key + "output", output)).orElse(null));
        if (price.longPrompt().isEmpty()) {
            return prices;
        }
        PriceRuntimeConfig.LongPromptConfig longPrompt = price.longPrompt().get();
        return prices.withLongPrompts(model, checks.atLeastOne(key + "long-prompt.above", longPrompt.above()),
                checks.price(key + "long-prompt.input", longPrompt.input()),
                checks.price(key + "long-prompt.cached-input", longPrompt.cachedInput().orElse(longPrompt.input())),
                longPrompt.output().map(output -> checks.price(key + "long-prompt.output", output)).orElse(null));
    }
}
