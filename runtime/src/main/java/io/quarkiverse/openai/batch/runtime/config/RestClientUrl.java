package io.quarkiverse.openai.batch.runtime.config;

import java.util.List;
import java.util.Optional;

import org.eclipse.microprofile.config.Config;

import io.quarkiverse.openai.batch.runtime.client.ClientSettings;

/** The base URL of the default client as the REST client's own configuration gives it. */
public final class RestClientUrl {

    /** Any of these wins over {@code quarkus.openai-batch.base-url}. */
    public static final List<String> KEYS = List.of("quarkus.rest-client.openai-batch.uri",
            "quarkus.rest-client.openai-batch.url");

    private RestClientUrl() {
    }

    public static Optional<String> of(String clientName, Config config) {
        return clientName.equals(ClientSettings.DEFAULT_NAME)
                ? KEYS.stream().flatMap(key -> config.getOptionalValue(key, String.class).stream()).findFirst()
                : Optional.empty();
    }
}
