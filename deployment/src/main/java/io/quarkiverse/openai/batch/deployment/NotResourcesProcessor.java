package io.quarkiverse.openai.batch.deployment;

import java.util.stream.Stream;

import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.FileService;
import io.quarkus.arc.deployment.BuildTimeConditionBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;

/**
 * Keeps an application from serving the clients: a class that implements an interface with {@code @Path} is a resource to
 * Quarkus REST, unless a condition says otherwise.
 */
class NotResourcesProcessor {

    /** The packages of the extension itself; what an application implements is its own affair. */
    private static final String RUNTIME = BatchService.class.getPackageName() + ".runtime.";

    @BuildStep
    void implementations(CombinedIndexBuildItem index, BuildProducer<BuildTimeConditionBuildItem> conditions) {
        Stream.of(BatchService.class, FileService.class)
                .flatMap(service -> index.getIndex().getAllKnownImplementations(service).stream())
                .filter(type -> type.name().toString().startsWith(RUNTIME))
                .forEach(type -> conditions.produce(new BuildTimeConditionBuildItem(type, false)));
    }
}
