package io.quarkiverse.openai.batch.deployment;

import io.quarkus.arc.deployment.ExcludedTypeBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.smallrye.health.deployment.spi.HealthBuildItem;

/** The readiness of the jobs, in applications with SmallRye Health. */
class HealthProcessor {

    private static final String PACKAGE = "io.quarkiverse.openai.batch.runtime.health.";

    @BuildStep
    void readiness(Capabilities capabilities, ObservabilityBuildTimeConfig config, BuildProducer<HealthBuildItem> checks,
            BuildProducer<ExcludedTypeBuildItem> excluded) {
        if (capabilities.isPresent(Capability.SMALLRYE_HEALTH) && config.health().enabled()) {
            checks.produce(new HealthBuildItem(PACKAGE + "JobsReadiness", true));
        } else {
            excluded.produce(new ExcludedTypeBuildItem(PACKAGE + "*"));
        }
    }
}
