package io.quarkiverse.openai.batch.deployment;

import io.quarkiverse.openai.batch.runtime.job.ApplicationJobs;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.deployment.annotations.BuildStep;

/** The bean of the jobs. */
class JobsProcessor {

    @BuildStep
    AdditionalBeanBuildItem jobs() {
        return AdditionalBeanBuildItem.builder().addBeanClass(ApplicationJobs.class).setUnremovable().build();
    }
}
