package io.quarkiverse.openai.batch.runtime.webhook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.openai.batch.runtime.config.OpenAiBatchRuntimeConfig;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings;
import io.quarkus.runtime.configuration.ConfigurationException;

/** The secrets of each client that has some. */
final class SecretsOfClients {

    private final Map<String, List<WebhookSecret>> secrets;

    private SecretsOfClients(Map<String, List<WebhookSecret>> secrets) {
        this.secrets = secrets;
    }

    /**
     * @throws ConfigurationException if a secret is empty or no Base64; the message has the key, not the secret
     */
    static SecretsOfClients of(OpenAiBatchRuntimeConfig config) {
        Map<String, List<WebhookSecret>> secrets = new LinkedHashMap<>();
        config.clients().forEach((name, client) -> client.webhook().secrets()
                .ifPresent(texts -> secrets.put(name, parsed(name, texts))));
        return new SecretsOfClients(secrets);
    }

    private static List<WebhookSecret> parsed(String client, List<String> texts) {
        List<WebhookSecret> parsed = new ArrayList<>();
        for (String text : texts) {
            try {
                parsed.add(WebhookSecret.of(text));
            } catch (IllegalArgumentException e) {
                throw new ConfigurationException(
                        "%swebhook.secrets: secret %d %s. Copy it from the provider's page of the webhook"
                                .formatted(ClientSettings.keyPrefix(client), parsed.size() + 1, e.getMessage()));
            }
        }
        return parsed;
    }

    boolean isEmpty() {
        return secrets.isEmpty();
    }

    String clients() {
        return String.join(", ", secrets.keySet());
    }

    /** The client whose secret has signed a call. */
    Optional<String> signer(SignedHeaders headers, byte[] body) {
        return secrets.entrySet().stream()
                .filter(client -> client.getValue().stream().anyMatch(secret -> headers.areOf(secret, body)))
                .map(Map.Entry::getKey).findFirst();
    }
}
