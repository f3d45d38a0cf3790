package io.quarkiverse.openai.batch.runtime.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.Config;

import io.quarkiverse.openai.batch.runtime.provider.ClientSettings;

/** The base URL of the default client as the REST client's own configuration gives it. */
public final class RestClientUrl {

    /** How the keys of the REST client's own configuration begin. */
    private static final List<String> PREFIXES = List.of("quarkus.rest-client.openai-batch.",
            "quarkus.rest-client.\"openai-batch\".");

    /** Any of these wins over {@code quarkus.openai-batch.base-url}. */
    public static final List<String> KEYS = List.of(PREFIXES.get(0) + "uri", PREFIXES.get(0) + "url", PREFIXES.get(1) + "uri",
            PREFIXES.get(1) + "url");

    private RestClientUrl() {
    }

    public static Optional<String> of(String clientName, Config config) {
        return clientName.equals(ClientSettings.DEFAULT_NAME)
                ? KEYS.stream().flatMap(key -> config.getOptionalValue(key, String.class).stream()).findFirst()
                : Optional.empty();
    }

    /** Whether the REST client's own configuration has any of these settings of the default client. */
    public static boolean isAnySet(Config config, String... settings) {
        return PREFIXES.stream().flatMap(prefix -> Stream.of(settings).map(prefix::concat))
                .anyMatch(key -> config.getOptionalValue(key, String.class).isPresent());
    }
}
