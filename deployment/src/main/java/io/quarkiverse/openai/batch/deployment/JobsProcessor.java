package io.quarkiverse.openai.batch.deployment;

import org.jboss.jandex.ClassInfo;

import io.quarkiverse.openai.batch.runtime.app.ApplicationJobs;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveHierarchyBuildItem;

/** The bean of the jobs, and what they keep. */
class JobsProcessor {

    private static final String STORE = JobStore.class.getPackageName();

    @BuildStep
    AdditionalBeanBuildItem jobs() {
        return AdditionalBeanBuildItem.builder().addBeanClass(ApplicationJobs.class).setUnremovable().build();
    }

    /** With all that they hold, such as states, since Jackson reads and writes them. */
    @BuildStep
    void rows(CombinedIndexBuildItem index, BuildProducer<ReflectiveHierarchyBuildItem> rows) {
        index.getIndex().getClassesInPackage(STORE).stream().filter(ClassInfo::isRecord)
                .map(row -> ReflectiveHierarchyBuildItem.builder(row.name()).source("rows of the job store").build())
                .forEach(rows::produce);
    }
}
