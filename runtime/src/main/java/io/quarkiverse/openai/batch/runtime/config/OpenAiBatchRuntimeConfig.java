package io.quarkiverse.openai.batch.runtime.config;

import static io.quarkiverse.openai.batch.runtime.provider.ClientSettings.DEFAULT_NAME;

import java.util.Map;

import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.quarkus.runtime.annotations.ConfigDocSection;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefaults;
import io.smallrye.config.WithParentName;
import io.smallrye.config.WithUnnamedKey;

/** The clients, the default one and the named ones. */
@ConfigMapping(prefix = "quarkus.openai-batch")
@ConfigRoot(phase = ConfigPhase.RUN_TIME)
public interface OpenAiBatchRuntimeConfig {

    /** The clients by name. */
    @ConfigDocSection
    @ConfigDocMapKey("client-name")
    @WithParentName
    @WithDefaults
    @WithUnnamedKey(DEFAULT_NAME)
    Map<String, ClientRuntimeConfig> clients();
}
