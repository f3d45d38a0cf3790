package io.quarkiverse.openai.batch.runtime.app;

import java.util.Optional;

import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.Instance;

import org.eclipse.microprofile.config.Config;

import io.quarkiverse.openai.batch.AuthProvider;
import io.quarkiverse.openai.batch.BatchClient;
import io.quarkiverse.openai.batch.runtime.config.ClientRuntimeConfig;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings;
import io.quarkiverse.openai.batch.runtime.provider.Credentials;
import io.quarkiverse.openai.batch.runtime.provider.Dialect;
import io.quarkus.credentials.CredentialsProvider;
import io.quarkus.credentials.runtime.CredentialsProviderFinder;

/**
 * Where a configured client's key comes from: a bean of the application, a credentials provider, the configuration, or the
 * provider's environment variable, in this order.
 */
public final class KeySource {

    private final Instance<AuthProvider> authProviders;
    private final Config config;

    public KeySource(Instance<AuthProvider> authProviders, Config config) {
        this.authProviders = authProviders;
        this.config = config;
    }

    public Credentials of(ClientSettings settings, ClientRuntimeConfig client) {
        Instance<AuthProvider> bean = settings.isDefault() ? authProviders.select(Default.Literal.INSTANCE)
                : authProviders.select(BatchClient.Literal.of(settings.name()));
        if (bean.isResolvable()) {
            return Credentials.of(settings.name(), bean.get());
        }
        if (client.credentialsProvider().isPresent()) {
            return of(CredentialsProviderFinder.find(client.credentialsProviderName().orElse(null)),
                    client.credentialsProvider().get());
        }
        if (client.apiKey().isPresent()) {
            String name = settings.keyPrefix() + "api-key";
            return Credentials.fixed(client.apiKey().get(), name + " (" + config.getConfigValue(name).getSourceName() + ")");
        }
        return fromEnvironment(settings).map(key -> Credentials.fixed(key, "the variable " + settings.dialect().keyVariable()))
                .orElseGet(() -> Credentials.fixed(null, "nowhere: none is configured"));
    }

    private static Credentials of(CredentialsProvider provider, String name) {
        return Credentials.of("the credentials provider " + name, (host, refused) -> provider.getCredentialsAsync(name)
                .map(credentials -> credentials.get(CredentialsProvider.PASSWORD_PROPERTY_NAME))
                .subscribeAsCompletionStage());
    }

    /** The key in the provider's variable is sent to the provider only. */
    private Optional<String> fromEnvironment(ClientSettings settings) {
        Dialect dialect = settings.dialect();
        return dialect.keyVariable() != null && dialect.isMeantFor(settings.baseUrl())
                ? config.getOptionalValue(dialect.keyVariable(), String.class)
                : Optional.empty();
    }
}
