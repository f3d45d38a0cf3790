package io.quarkiverse.openai.batch.deployment;

import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

import io.quarkiverse.openai.batch.jsonl.RequestBody;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.runtime.client.http.WireApiListener;
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

    /** Jackson asks a typed body for its parameters. */
    @BuildStep
    ReflectiveClassBuildItem requestBody() {
        return ReflectiveClassBuildItem.builder(RequestBody.class).reason("what is written of typed bodies").methods().build();
    }

    /**
     * Jackson looks for annotations, and calls nothing: some methods need optional dependencies, and an image cannot be built
     * of what it may call if those are absent.
     */
    @BuildStep
    ReflectiveClassBuildItem requestBodies(CombinedIndexBuildItem index) {
        String[] bodies = index.getIndex().getAllKnownSubclasses(RequestBody.class).stream()
                .map(body -> body.name().toString()).sorted().toArray(String[]::new);
        return ReflectiveClassBuildItem.builder(bodies).reason("typed bodies of request lines").queryMethods().build();
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
