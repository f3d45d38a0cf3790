package io.quarkiverse.openai.batch.deployment;

import io.quarkus.runtime.annotations.ConfigDocSection;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What operators see of jobs. */
@ConfigMapping(prefix = "quarkus.openai-batch")
@ConfigRoot(phase = ConfigPhase.BUILD_TIME)
public interface ObservabilityBuildTimeConfig {

    /**
     * The readiness check of the jobs, if the application has the extension SmallRye Health.
     */
    @ConfigDocSection
    Health health();

    /**
     * The metrics of the jobs, if the application has the extension Micrometer.
     */
    @ConfigDocSection
    Metrics metrics();

    /** The readiness check of the jobs. */
    interface Health {

        /**
         * Whether readiness includes the jobs of this process. The check calls no provider.
         */
        @WithDefault("true")
        boolean enabled();
    }

    /** The metrics of the jobs. */
    interface Metrics {

        /**
         * Whether jobs have metrics.
         */
        @WithDefault("true")
        boolean enabled();
    }
}
