package io.quarkiverse.openai.batch.deployment.devservices;

import static io.quarkiverse.openai.batch.runtime.provider.ClientSettings.keyPrefix;

import java.net.URI;
import java.util.List;
import java.util.Optional;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.openai.batch.deployment.WebhookProcessor;
import io.quarkus.runtime.LaunchMode;

/** The route that a provider would call, and what signs the calls. */
record ApplicationWebhook(URI url, String secret) {

    /** The emulator signs with such a secret alone; its calls to an application with another one would be refused. */
    private static final String PREFIX = "whsec_";

    /** That of the first client with a secret, unless the port of the application is not known before its start. */
    static Optional<ApplicationWebhook> of(List<String> clients, LaunchMode mode) {
        Config config = ConfigProvider.getConfig();
        boolean test = mode == LaunchMode.TEST;
        int port = config.getOptionalValue(test ? "quarkus.http.test-port" : "quarkus.http.port", Integer.class)
                .orElse(test ? 8081 : 8080);
        if (port <= 0) {
            return Optional.empty();
        }
        return clients.stream()
                .flatMap(name -> config.getOptionalValues(keyPrefix(name) + "webhook.secrets", String.class).stream())
                .map(secrets -> secrets.get(0)).filter(secret -> secret.startsWith(PREFIX)).findFirst()
                .map(secret -> new ApplicationWebhook(
                        URI.create("http://localhost:" + port + WebhookProcessor.path()), secret));
    }
}
