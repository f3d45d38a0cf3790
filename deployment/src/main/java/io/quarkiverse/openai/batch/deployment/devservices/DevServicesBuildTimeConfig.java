package io.quarkiverse.openai.batch.deployment.devservices;

import java.util.OptionalInt;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigDocSection;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The dev service. */
@ConfigMapping(prefix = "quarkus.openai-batch")
@ConfigRoot(phase = ConfigPhase.BUILD_TIME)
public interface DevServicesBuildTimeConfig {

    /**
     * The dev service: in dev and test mode, the emulator replaces the provider of each client without a base URL.
     */
    @ConfigDocSection
    Devservices devservices();

    /** The dev service. */
    interface Devservices {

        /**
         * Whether the emulator starts for clients without a base URL.
         */
        @WithDefault("true")
        boolean enabled();

        /**
         * The port of the emulator, on this machine only.
         */
        @ConfigDocDefault("a free port")
        OptionalInt port();

        /**
         * The speed of batches: at 1, a batch takes some seconds each to validate, to finish and to cancel, and runs
         * 100 lines a second; at 100, all of this is a hundred times faster.
         */
        @WithDefault("100")
        double speed();
    }
}
