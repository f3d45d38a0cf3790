package io.quarkiverse.openai.batch.deployment.devservices;

import static io.quarkiverse.openai.batch.runtime.provider.ClientSettings.DEFAULT_NAME;
import static io.quarkiverse.openai.batch.runtime.provider.ClientSettings.keyPrefix;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.deployment.ClientNameBuildItem;
import io.quarkiverse.openai.batch.deployment.OpenAiBatchProcessor;
import io.quarkiverse.openai.batch.deployment.devservices.DevServicesBuildTimeConfig.Devservices;
import io.quarkiverse.openai.batch.emulator.EmulatorOptions;
import io.quarkiverse.openai.batch.runtime.config.RestClientUrl;
import io.quarkus.deployment.IsProduction;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.builditem.DevServicesResultBuildItem;
import io.quarkus.deployment.builditem.LaunchModeBuildItem;
import io.quarkus.deployment.dev.devservices.DevServicesConfig;
import io.quarkus.runtime.configuration.ConfigUtils;

/** Starts the emulator for the clients that have no base URL. */
@BuildSteps(onlyIfNot = IsProduction.class, onlyIf = DevServicesConfig.Enabled.class)
class EmulatorDevServiceProcessor {

    /** The emulator takes any key, but it wants one, as the provider does. Its account has this name on each port. */
    private static final String NAME = "emulator";

    @BuildStep
    Optional<DevServicesResultBuildItem> emulator(DevServicesBuildTimeConfig config, List<ClientNameBuildItem> names,
            LaunchModeBuildItem mode) {
        List<String> clients = clientsWithoutBaseUrl(names);
        if (!config.devservices().enabled() || clients.isEmpty()) {
            return Optional.empty();
        }
        Optional<ApplicationWebhook> webhook = ApplicationWebhook.of(clients, mode.getLaunchMode());
        return Optional.of(DevServicesResultBuildItem.<EmulatorService> owned()
                .feature(OpenAiBatchProcessor.FEATURE)
                .serviceName("emulator")
                .serviceConfig(settings(config.devservices(), webhook))
                .startable(() -> new EmulatorService(options(config.devservices(), webhook)))
                .configProvider(baseUrls(clients))
                .config(keysAndAccounts(clients))
                .build());
    }

    private static List<String> clientsWithoutBaseUrl(List<ClientNameBuildItem> names) {
        List<String> clients = new ArrayList<>();
        if (RestClientUrl.KEYS.stream().noneMatch(ConfigUtils::isPropertyNonEmpty)) {
            clients.add(DEFAULT_NAME);
        }
        names.forEach(name -> clients.add(name.getName()));
        clients.removeIf(name -> ConfigUtils.isPropertyNonEmpty(keyPrefix(name) + "base-url"));
        return clients;
    }

    /** What a running emulator is kept for over a live reload, as long as it stays the same. */
    private static Map<String, String> settings(Devservices config, Optional<ApplicationWebhook> webhook) {
        return Map.of("port", config.port().toString(), "speed", Double.toString(config.speed()), "webhook",
                webhook.map(called -> called.url() + " " + called.secret()).orElse(""));
    }

    private static EmulatorOptions options(Devservices config, Optional<ApplicationWebhook> webhook) {
        EmulatorOptions.Builder options = EmulatorOptions.builder().port(config.port().orElse(0)).speed(config.speed());
        webhook.ifPresent(called -> options.webhook(called.url()).webhookSecret(called.secret()));
        return options.build();
    }

    private static Map<String, Function<EmulatorService, String>> baseUrls(List<String> clients) {
        Map<String, Function<EmulatorService, String>> urls = new HashMap<>();
        clients.forEach(name -> urls.put(keyPrefix(name) + "base-url", EmulatorService::getConnectionInfo));
        return urls;
    }

    private static Map<String, String> keysAndAccounts(List<String> clients) {
        Map<String, String> config = new HashMap<>();
        clients.stream().flatMap(name -> Stream.of("api-key", "account-id").map(key -> keyPrefix(name) + key))
                .filter(key -> !ConfigUtils.isPropertyNonEmpty(key)).forEach(key -> config.put(key, NAME));
        return config;
    }
}
