package io.quarkiverse.openai.batch.runtime.app;

import java.util.Set;
import java.util.function.Function;
import java.util.stream.StreamSupport;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.FileService;
import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.reactive.ReactiveBatchService;
import io.quarkiverse.openai.batch.reactive.ReactiveFileService;
import io.quarkiverse.openai.batch.runtime.config.ClientRuntimeConfig;
import io.quarkiverse.openai.batch.runtime.config.OpenAiBatchRuntimeConfig;
import io.quarkiverse.openai.batch.runtime.config.ReservedNames;
import io.quarkiverse.openai.batch.runtime.config.RestClientUrl;
import io.quarkiverse.openai.batch.runtime.config.WebhookRuntimeConfig;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings;
import io.quarkus.arc.SyntheticCreationalContext;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;
import io.quarkus.runtime.configuration.ConfigurationException;

@Recorder
public class OpenAiBatchRecorder {

    private static final Logger LOG = Logger.getLogger(OpenAiBatchRecorder.class);

    private final RuntimeValue<OpenAiBatchRuntimeConfig> clients;

    public OpenAiBatchRecorder(RuntimeValue<OpenAiBatchRuntimeConfig> clients) {
        this.clients = clients;
    }

    /** Whether all that is configured of a client is in variables of the environment. */
    private static boolean isOfEnvironment(String name, Config config) {
        String prefix = ClientSettings.keyPrefix(name);
        String unquoted = prefix.replace("\"", "");
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(property -> property.startsWith(prefix) || property.startsWith(unquoted))
                .allMatch(property -> config.getConfigValue(property).getSourceName().startsWith("EnvConfigSource"));
    }

    /**
     * @param known whether the client is injected, or is configured elsewhere than in the environment. Another one may be meant
     *        for jobs, or be a variable of the environment for something else
     */
    private static void check(String name, ClientRuntimeConfig client, Config config, boolean http, boolean known) {
        try {
            new SettingsReader(name, client, RestClientUrl.of(name, config)).read();
            checkWebhook(name, client.webhook(), http);
            if (!known) {
                LOG.infof("The client \"%s\" is configured by the environment alone: jobs can use it by this name, and nothing "
                        + "injects it", name);
            }
        } catch (ConfigurationException e) {
            if (known) {
                throw e;
            }
            LOG.warnf("The client \"%s\", which the environment alone names, cannot be used, and nothing injects it: %s", name,
                    e.getMessage());
        }
    }

    private static void checkWebhook(String name, WebhookRuntimeConfig webhook, boolean http) {
        Checks checks = new Checks(ClientSettings.keyPrefix(name));
        if (webhook.secrets().isPresent() && !http) {
            throw new ConfigurationException(checks.key("webhook.secrets") + " has no effect without an HTTP server: add the "
                    + "extension quarkus-vertx-http, or remove the secrets");
        }
        checks.path("webhook.path", webhook.path());
    }

    /**
     * Fails the start, rather than the first call, if the configuration of a client is wrong.
     *
     * @param http whether there is an HTTP server
     * @param names of the clients that were known when the application was built
     */
    public void checkConfiguration(boolean http, Set<String> names) {
        Config config = ConfigProvider.getConfig();
        for (String property : config.getPropertyNames()) {
            ReservedNames.problem(property).ifPresent(message -> {
                throw new ConfigurationException(message);
            });
        }
        clients.getValue().clients().forEach((name, client) -> {
            if (!ReservedNames.contains(name)) {
                check(name, client, config, http, names.contains(name) || !isOfEnvironment(name, config));
            }
        });
    }

    public Function<SyntheticCreationalContext<OpenAiBatch>, OpenAiBatch> client(String client) {
        return context -> client(context, client);
    }

    public Function<SyntheticCreationalContext<BatchService>, BatchService> batchService(String client) {
        return context -> client(context, client).batches();
    }

    public Function<SyntheticCreationalContext<FileService>, FileService> fileService(String client) {
        return context -> client(context, client).files();
    }

    public Function<SyntheticCreationalContext<ReactiveBatchService>, ReactiveBatchService> reactiveBatchService(
            String client) {
        return context -> client(context, client).reactiveBatches();
    }

    public Function<SyntheticCreationalContext<ReactiveFileService>, ReactiveFileService> reactiveFileService(String client) {
        return context -> client(context, client).reactiveFiles();
    }

    private static OpenAiBatch client(SyntheticCreationalContext<?> context, String name) {
        return context.getInjectedReference(Clients.class).get(name);
    }
}
