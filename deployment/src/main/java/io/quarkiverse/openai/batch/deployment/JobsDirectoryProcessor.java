package io.quarkiverse.openai.batch.deployment;

import java.nio.file.Path;
import java.util.UUID;

import io.quarkus.deployment.IsProduction;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.builditem.LaunchModeBuildItem;
import io.quarkus.deployment.builditem.RunTimeConfigurationDefaultBuildItem;
import io.quarkus.deployment.pkg.builditem.OutputTargetBuildItem;
import io.quarkus.runtime.LaunchMode;

/**
 * Keeps the jobs of dev and test mode in the build's output folder, apart from those of production: dev mode continues its own
 * jobs, and each start of a test begins without any, in a database too.
 */
@BuildSteps(onlyIfNot = IsProduction.class)
class JobsDirectoryProcessor {

    private static final String KEY = "quarkus.openai-batch.jobs.directory";
    private static final String NAMESPACE = "quarkus.openai-batch.jobs.namespace";

    @BuildStep
    void namespace(LaunchModeBuildItem mode, BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        if (mode.getLaunchMode() == LaunchMode.TEST) {
            defaults.produce(new RunTimeConfigurationDefaultBuildItem(NAMESPACE, "test-" + UUID.randomUUID()));
        }
    }

    @BuildStep
    RunTimeConfigurationDefaultBuildItem directory(OutputTargetBuildItem output, LaunchModeBuildItem mode) {
        Path folder = output.getOutputDirectory().resolve("openai-batch");
        Path jobs = mode.getLaunchMode() == LaunchMode.TEST ? folder.resolve("test-jobs").resolve(UUID.randomUUID().toString())
                : folder.resolve("jobs");
        return new RunTimeConfigurationDefaultBuildItem(KEY, jobs.toAbsolutePath().toString());
    }
}
