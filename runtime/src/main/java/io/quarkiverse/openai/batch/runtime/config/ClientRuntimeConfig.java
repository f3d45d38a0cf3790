package io.quarkiverse.openai.batch.runtime.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.openai.batch.Provider;
import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** One configured account at one provider. */
@ConfigGroup
public interface ClientRuntimeConfig {

    /**
     * The URL of the API, up to and including the version, such as {@code https://api.openai.com/v1}.
     * <p>
     * The default is that of the provider. Azure, LiteLLM and llm-d have none: every account has its own.
     */
    @ConfigDocDefault("the provider's")
    Optional<String> baseUrl();

    /**
     * The provider, which presets base URL, authentication, paths, purpose, completion window and limits.
     * <p>
     * The default is the provider that the host of the base URL belongs to; {@code openai} if there is no base URL,
     * {@code other} if the host is not known.
     */
    @ConfigDocDefault("by the host of the base URL")
    Optional<Provider> provider();

    /**
     * The name of the account, for limits and for the check that a job is not continued at another account. Clients with the
     * same name share one account.
     * <p>
     * The default is made of base URL, organization and project. A job continues under a new base URL if this is the account
     * that the job was begun at; the message of such a paused job has the line to set.
     */
    @ConfigDocDefault("by base URL, organization and project")
    Optional<String> accountId();

    /**
     * The API key.
     * <p>
     * The default is the provider's own environment variable, such as {@code OPENAI_API_KEY}, {@code AZURE_OPENAI_API_KEY} or
     * {@code GROQ_API_KEY}, if the base URL is the provider's. The key is sent over https only, except to this machine.
     */
    @ConfigDocDefault("the provider's environment variable")
    Optional<String> apiKey();

    /**
     * The name of credentials at a credentials provider; their {@code password} is the key. The provider is asked with each
     * request.
     */
    Optional<String> credentialsProvider();

    /**
     * The bean name of the credentials provider, where there are several.
     */
    Optional<String> credentialsProviderName();

    /**
     * The organization of each request, sent as {@code OpenAI-Organization}.
     */
    Optional<String> organization();

    /**
     * The project of each request, sent as {@code OpenAI-Project}.
     */
    Optional<String> project();

    /**
     * Further headers of each request.
     */
    @ConfigDocMapKey("header-name")
    Map<String, String> headers();

    /**
     * Further query parameters of each request, such as Azure's {@code api-version}.
     */
    @ConfigDocMapKey("parameter-name")
    Map<String, String> query();

    /**
     * How the key is sent.
     */
    Auth auth();

    /**
     * The paths under the base URL.
     */
    Paths paths();

    /**
     * The completion window of batches that set none. An empty value sends none.
     */
    @ConfigDocDefault("24h, if the provider takes one")
    Optional<String> completionWindow();

    /**
     * The purpose of uploaded input files.
     */
    @ConfigDocDefault("batch, or the provider's own word for it")
    Optional<String> purpose();

    /**
     * The time-out for connecting.
     */
    @WithDefault("10S")
    Duration connectTimeout();

    /**
     * The time-out for one attempt of a call, except uploads and downloads.
     */
    @WithDefault("60S")
    Duration readTimeout();

    /**
     * The time-out for one attempt of an upload.
     */
    @WithDefault("10M")
    Duration uploadTimeout();

    /**
     * The time-out for the first byte of a download, and for a stall after it. A stall ends after 100 seconds at most.
     */
    @WithDefault("60S")
    Duration downloadTimeout();

    /**
     * The name of a TLS configuration in the TLS registry.
     */
    @ConfigDocDefault("the default TLS configuration")
    Optional<String> tlsConfigurationName();

    /**
     * The name of a proxy in the proxy registry; {@code none} for no proxy.
     */
    @ConfigDocDefault("the default proxy, if there is one")
    Optional<String> proxyConfigurationName();

    /**
     * Whether to use HTTP/2 where the server supports it.
     */
    @WithDefault("false")
    boolean http2();

    /**
     * When a call is tried again.
     */
    RetryRuntimeConfig retry();

    /**
     * How to find a batch when the response of its create was lost.
     */
    Submission submission();

    /**
     * The provider's limits.
     */
    LimitsRuntimeConfig limits();

    /**
     * How jobs are run.
     */
    JobsRuntimeConfig jobs();

    /**
     * How the provider tells that a batch has ended.
     */
    WebhookRuntimeConfig webhook();

    /** How the key is sent. */
    @ConfigGroup
    interface Auth {

        /**
         * The header that takes the key.
         */
        @ConfigDocDefault("Authorization, or api-key for Azure")
        Optional<String> header();

        /**
         * The text before the key. An empty value sends the key alone.
         */
        @ConfigDocDefault("Bearer in an Authorization header, nothing in another one")
        Optional<String> scheme();
    }

    /** The paths under the base URL. */
    @ConfigGroup
    interface Paths {

        /**
         * The path of the batches.
         */
        @ConfigDocDefault("/batches")
        Optional<String> batches();

        /**
         * The path of the files.
         */
        @ConfigDocDefault("/files")
        Optional<String> files();
    }

    /** How to find a batch when the response of its create was lost. */
    @ConfigGroup
    interface Submission {

        /**
         * Whether a created batch carries an id in its metadata, so that it can be found when the response was lost. Set to
         * {@code false} for a provider without metadata or without a listing.
         */
        @WithDefault("true")
        boolean enabled();

        /**
         * How long to look for the batch before the call fails with an unknown outcome.
         */
        @WithDefault("5S")
        Duration settle();
    }
}
