package io.quarkiverse.openai.batch.runtime.config;

import java.time.Duration;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;

/** When requests that were added to a collector are submitted. */
@ConfigGroup
public interface CollectorRuntimeConfig {

    /**
     * The number of requests that wait.
     */
    @WithDefault("10000")
    int lines();

    /**
     * The size of the requests that wait.
     */
    @WithDefault("100M")
    MemorySize bytes();

    /**
     * How long the first of them has waited.
     */
    @WithDefault("1M")
    Duration age();
}
