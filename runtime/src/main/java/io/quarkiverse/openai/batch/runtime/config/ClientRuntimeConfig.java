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
     * {@code other}
     * if the host is not known.
     */
    @ConfigDocDefault("by the host of the base URL")
    Optional<Provider> provider();

    /**
     * The API key.
     * <p>
     * The default is the provider's own environment variable, such as {@code OPENAI_API_KEY}, {@code AZURE_OPENAI_API_KEY} or
     * {@code GROQ_API_KEY}, if the base URL is the provider's. The key is sent over https only, but for this machine itself.
     */
    @ConfigDocDefault("the provider's environment variable")
    Optional<String> apiKey();

    /**
     * The name of the credentials that a credentials provider is asked for; their {@code password} is the key. They are asked
     * for
     * with each request.
     */
    Optional<String> credentialsProvider();

    /**
     * The bean name of the credentials provider, where there are several.
     */
    Optional<String> credentialsProviderName();

    /**
     * The organization that requests are made for, sent as {@code OpenAI-Organization}.
     */
    Optional<String> organization();

    /**
     * The project that requests are made for, sent as {@code OpenAI-Project}.
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
     * The completion window of batches that name none; an empty value for sending none.
     */
    @ConfigDocDefault("24h, if the provider takes one")
    Optional<String> completionWindow();

    /**
     * The purpose of uploaded input files.
     */
    @ConfigDocDefault("batch, or the provider's own word for it")
    Optional<String> purpose();

    /**
     * How long it may take to connect.
     */
    @WithDefault("10S")
    Duration connectTimeout();

    /**
     * How long an attempt of a call may take, uploads and downloads apart.
     */
    @WithDefault("60S")
    Duration readTimeout();

    /**
     * How long an attempt of an upload may take.
     */
    @WithDefault("10M")
    Duration uploadTimeout();

    /**
     * How long the first byte of a download may take, and how long a download may stall then. Longer than 100 seconds has no
     * effect on stalls.
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
     * Whether HTTP/2 is spoken, where the server speaks it.
     */
    @WithDefault("false")
    boolean http2();

    /**
     * When a call is tried again.
     */
    RetryRuntimeConfig retry();

    /**
     * What becomes of a create whose answer was lost.
     */
    Submission submission();

    /**
     * What the provider takes.
     */
    LimitsRuntimeConfig limits();

    /**
     * How jobs are run.
     */
    JobsRuntimeConfig jobs();

    /** How the key is sent. */
    @ConfigGroup
    interface Auth {

        /**
         * The header that takes the key.
         */
        @ConfigDocDefault("Authorization, or api-key for Azure")
        Optional<String> header();

        /**
         * What stands before the key; an empty value for nothing.
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

    /** What becomes of a create whose answer was lost. */
    @ConfigGroup
    interface Submission {

        /**
         * Whether a created batch bears an id in its metadata, by which it is found when the answer was lost. Switch it off for
         * a
         * provider without metadata or without a listing.
         */
        @WithDefault("true")
        boolean enabled();

        /**
         * How long the batch is looked for before the call fails with its outcome open.
         */
        @WithDefault("5S")
        Duration settle();
    }
}
