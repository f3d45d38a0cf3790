package io.quarkiverse.openai.batch.runtime.app;

import java.util.function.Function;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.FileService;
import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.reactive.ReactiveBatchService;
import io.quarkiverse.openai.batch.reactive.ReactiveFileService;
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

    private final RuntimeValue<OpenAiBatchRuntimeConfig> clients;

    public OpenAiBatchRecorder(RuntimeValue<OpenAiBatchRuntimeConfig> clients) {
        this.clients = clients;
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
     */
    public void checkConfiguration(boolean http) {
        Config config = ConfigProvider.getConfig();
        config.getPropertyNames().forEach(property -> ReservedNames.usedAsClient(property).ifPresent(name -> {
            throw new ConfigurationException(ReservedNames.message(name));
        }));
        config.getPropertyNames().forEach(property -> ReservedNames.ofApplication(property).ifPresent(message -> {
            throw new ConfigurationException(message);
        }));
        clients.getValue().clients().forEach((name, client) -> {
            if (!ReservedNames.contains(name)) {
                new SettingsReader(name, client, RestClientUrl.of(name, config)).read();
                checkWebhook(name, client.webhook(), http);
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
