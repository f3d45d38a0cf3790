package io.quarkiverse.openai.batch.runtime.app;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.openai.batch.AuthProvider;
import io.quarkiverse.openai.batch.ClientProvider;
import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.runtime.client.Client;
import io.quarkiverse.openai.batch.runtime.client.http.WireApi;
import io.quarkiverse.openai.batch.runtime.config.ClientRuntimeConfig;
import io.quarkiverse.openai.batch.runtime.config.OpenAiBatchRuntimeConfig;
import io.quarkiverse.openai.batch.runtime.config.ReservedNames;
import io.quarkiverse.openai.batch.runtime.config.RestClientUrl;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings;
import io.quarkiverse.openai.batch.runtime.provider.Credentials;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;

/** The configured clients of the application, each made when it is first asked for and closed with the application. */
@Singleton
public class Clients {

    private final OpenAiBatchRuntimeConfig clients;
    private final Config config;
    private final KeySource keySource;
    private final Instance<ClientProvider> providers;
    private final Map<String, Client> made = new ConcurrentHashMap<>();

    Clients(OpenAiBatchRuntimeConfig clients, @Any Instance<AuthProvider> authProviders,
            @Any Instance<ClientProvider> providers) {
        this.providers = providers;
        this.clients = clients;
        // not injected: its producer would be made at each start
        this.config = ConfigProvider.getConfig();
        this.keySource = new KeySource(authProviders, config);
    }

    /**
     * @throws io.quarkus.runtime.configuration.ConfigurationException if the client is not configured
     */
    public Client get(String name) {
        Client known = made.get(name);
        if (known != null) {
            return known;
        }
        // beans of the application are asked under no lock
        Optional<Client> given = isConfigured(name) ? Optional.empty() : given(name);
        Client kept = made.computeIfAbsent(name, key -> given.orElseGet(() -> make(key)));
        given.filter(client -> client != kept).ifPresent(Client::close);
        return kept;
    }

    private boolean isConfigured(String name) {
        return names().contains(name);
    }

    private Optional<Client> given(String name) {
        return providers.stream().flatMap(provider -> provider.client(name).stream()).findFirst().map(client -> {
            if (client instanceof Client ours) {
                return ours;
            }
            throw new IllegalStateException(
                    "The client \"%s\" of a ClientProvider is not one of OpenAiBatch.builder()".formatted(name));
        });
    }

    /** The names of the clients that are configured, and of the default one. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(Set.of(ClientSettings.DEFAULT_NAME));
        clients.clients().keySet().stream().filter(name -> !ReservedNames.contains(name)).forEach(names::add);
        return names;
    }

    /**
     * The client as jobs use it.
     *
     * @throws io.quarkus.runtime.configuration.ConfigurationException if the client is not configured
     */
    public JobClient ofJobs(String name) {
        return get(name).ofJobs();
    }

    /**
     * A client that is not configured but built.
     *
     * @throws IllegalStateException if no Quarkus application is running
     */
    public static OpenAiBatch build(ClientSettings settings, Credentials credentials) {
        ArcContainer container = Arc.container();
        if (container == null || !container.isRunning()) {
            throw new IllegalStateException(
                    "OpenAiBatch.builder() needs a running Quarkus application, whose Vert.x, TLS and proxy"
                            + " configurations it uses: build the client in a bean, in a QuarkusApplication, or in a @QuarkusTest");
        }
        return new Client(WireApi.of(settings), settings, credentials, () -> JobSettings.of(settings));
    }

    private Client make(String name) {
        ClientRuntimeConfig client = clients.clients().get(name);
        SettingsReader reader = new SettingsReader(name, client, RestClientUrl.of(name, config));
        ClientSettings settings = reader.read();
        WireApi api = settings.isDefault() ? WireApi.ofDefaultClient(settings) : WireApi.of(settings);
        return new Client(api, settings, keySource.of(settings, client), () -> reader.readJobs(settings));
    }

    @PreDestroy
    void close() {
        made.values().forEach(Client::close);
    }
}
