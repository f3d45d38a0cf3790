package io.quarkiverse.openai.batch.deployment;

import java.util.stream.Stream;

import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

import io.quarkiverse.openai.batch.jsonl.RequestBody;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.runtime.client.WireApiListener;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.ExtensionSslNativeSupportBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourcePatternsBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ServiceProviderBuildItem;

/** What a native image must be told. */
class NativeImageProcessor {

    private static final String MODEL = Batch.class.getPackageName();

    @BuildStep
    ExtensionSslNativeSupportBuildItem ssl() {
        return new ExtensionSslNativeSupportBuildItem(OpenAiBatchProcessor.FEATURE);
    }

    /** The wire is read by a mapper of ours, which the REST client does not know of. */
    @BuildStep
    ReflectiveClassBuildItem model(CombinedIndexBuildItem index) {
        return ReflectiveClassBuildItem.builder(classesOfModel(index.getIndex()))
                .reason("records of the wire and their (de)serializers")
                .constructors().methods().fields().build();
    }

    /** Jackson finds what to write of a typed body by its annotations. */
    @BuildStep
    ReflectiveClassBuildItem requestBodies(CombinedIndexBuildItem index) {
        return ReflectiveClassBuildItem.builder(requestBodies(index.getIndex()))
                .reason("typed bodies of request lines")
                .methods().build();
    }

    private static String[] requestBodies(IndexView index) {
        Stream<DotName> bodies = index.getAllKnownSubclasses(RequestBody.class).stream().map(ClassInfo::name);
        return Stream.concat(Stream.of(DotName.createSimple(RequestBody.class)), bodies).map(DotName::toString).sorted()
                .toArray(String[]::new);
    }

    private static String[] classesOfModel(IndexView index) {
        return index.getKnownClasses().stream().map(type -> type.name()).map(DotName::toString)
                .filter(name -> name.startsWith(MODEL + ".")).sorted().toArray(String[]::new);
    }

    /** The vocabularies of the tokenizer, where an application has it. */
    @BuildStep
    NativeImageResourcePatternsBuildItem vocabularies() {
        return NativeImageResourcePatternsBuildItem.builder().includeGlob("com/knuddels/jtokkit/*.tiktoken").build();
    }

    @BuildStep
    ServiceProviderBuildItem restClientListener() {
        return new ServiceProviderBuildItem("org.eclipse.microprofile.rest.client.spi.RestClientListener",
                WireApiListener.class.getName());
    }
}
