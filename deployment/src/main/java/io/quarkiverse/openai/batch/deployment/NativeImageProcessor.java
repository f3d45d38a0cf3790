package io.quarkiverse.openai.batch.deployment;

import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.runtime.client.WireApiListener;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.ExtensionSslNativeSupportBuildItem;
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

    private static String[] classesOfModel(IndexView index) {
        return index.getKnownClasses().stream().map(type -> type.name()).map(DotName::toString)
                .filter(name -> name.startsWith(MODEL + ".")).sorted().toArray(String[]::new);
    }

    @BuildStep
    ServiceProviderBuildItem restClientListener() {
        return new ServiceProviderBuildItem("org.eclipse.microprofile.rest.client.spi.RestClientListener",
                WireApiListener.class.getName());
    }
}
