package io.quarkiverse.openai.batch.deployment;

import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.ExcludedTypeBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;

/** The spans of the jobs, in applications with OpenTelemetry. */
class TracesProcessor {

    private static final String PACKAGE = "io.quarkiverse.openai.batch.runtime.traces.";

    @BuildStep
    void traces(Capabilities capabilities, BuildProducer<AdditionalBeanBuildItem> beans,
            BuildProducer<ExcludedTypeBuildItem> excluded) {
        if (capabilities.isPresent(Capability.OPENTELEMETRY_TRACER)) {
            beans.produce(AdditionalBeanBuildItem.unremovableOf(PACKAGE + "JobSpans"));
        } else {
            excluded.produce(new ExcludedTypeBuildItem(PACKAGE + "*"));
        }
    }
}
