package io.quarkiverse.openai.batch.deployment;

import io.quarkiverse.openai.batch.jsonl.Usage;
import io.quarkiverse.openai.batch.runtime.job.ApplicationJobs;
import io.quarkiverse.openai.batch.runtime.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.store.JobRow;
import io.quarkiverse.openai.batch.runtime.store.Tally;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;

/** The bean of the jobs, and what they keep. */
class JobsProcessor {

    @BuildStep
    AdditionalBeanBuildItem jobs() {
        return AdditionalBeanBuildItem.builder().addBeanClass(ApplicationJobs.class).setUnremovable().build();
    }

    @BuildStep
    ReflectiveClassBuildItem rows() {
        return ReflectiveClassBuildItem
                .builder(JobRow.class, ChunkRow.class, ChunkRow.Input.class, ChunkRow.Remote.class, ChunkRow.Answers.class,
                        ChunkRow.Waiting.class, ChunkRow.Handed.class, Tally.class, Usage.class)
                .reason("rows of the job store").constructors().methods().fields().build();
    }
}
