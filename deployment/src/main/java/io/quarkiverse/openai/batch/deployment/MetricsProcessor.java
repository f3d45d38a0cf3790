package io.quarkiverse.openai.batch.deployment;

import java.util.Optional;

import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.ExcludedTypeBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.metrics.MetricsCapabilityBuildItem;
import io.quarkus.runtime.metrics.MetricsFactory;

/** The metrics of the jobs, in applications with Micrometer. */
class MetricsProcessor {

    private static final String PACKAGE = "io.quarkiverse.openai.batch.runtime.metrics.";

    @BuildStep
    void metrics(Optional<MetricsCapabilityBuildItem> capability, ObservabilityBuildTimeConfig config,
            BuildProducer<AdditionalBeanBuildItem> beans, BuildProducer<ExcludedTypeBuildItem> excluded) {
        boolean micrometer = capability.map(metrics -> metrics.metricsSupported(MetricsFactory.MICROMETER)).orElse(false);
        if (micrometer && config.metrics().enabled()) {
            beans.produce(AdditionalBeanBuildItem.builder().setUnremovable()
                    .addBeanClasses(PACKAGE + "JobMetrics", PACKAGE + "WebhookMetrics").build());
        } else {
            excluded.produce(new ExcludedTypeBuildItem(PACKAGE + "*"));
        }
    }
}
