package io.quarkiverse.openai.batch.runtime.config;

import java.util.List;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** How the provider tells that a batch has ended. */
@ConfigGroup
public interface WebhookRuntimeConfig {

    /**
     * The path that providers call, under the root path of the application. All clients share that of the default client. It
     * exists if a client has secrets, and needs {@code quarkus-vertx-http}, which every extension with HTTP endpoints brings.
     */
    @WithDefault("/openai-batch/webhook")
    String path();

    /**
     * The secrets that sign the provider's calls, as its page of the webhook shows them; several while one replaces another.
     * Without any, there is no webhook of this client. Batches are polled all the same.
     */
    Optional<List<String>> secrets();
}
