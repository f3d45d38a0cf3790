package io.quarkiverse.openai.batch.deployment;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.DotName;

import io.quarkiverse.openai.batch.BatchClient;
import io.quarkiverse.openai.batch.runtime.config.ReservedNames;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.arc.processor.InjectionPointInfo;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Finds the names of the clients: those that are injected, and those that are configured when the application is built. */
class ClientNamesProcessor {

    private static final DotName BATCH_CLIENT = DotName.createSimple(BatchClient.class);
    private static final Pattern CONFIGURED = Pattern
            .compile("quarkus\\.openai-batch\\.(?:\"([^\"]+)\"|([^.\"]+))\\.(?:base-url|provider|api-key)");

    @BuildStep
    void names(BeanDiscoveryFinishedBuildItem beans, BuildProducer<ClientNameBuildItem> names,
            BuildProducer<ValidationErrorBuildItem> errors) {
        Set<String> found = new TreeSet<>();
        for (InjectionPointInfo injectionPoint : beans.getInjectionPoints()) {
            AnnotationInstance qualifier = injectionPoint.getRequiredQualifier(BATCH_CLIENT);
            if (qualifier != null) {
                String name = qualifier.value().asString();
                checkNotReserved(name, injectionPoint, errors);
                found.add(name); // a reserved one too, or else a missing bean would be all that is reported
            }
        }
        ConfigProvider.getConfig().getPropertyNames().forEach(property -> configuredName(property, found));
        found.forEach(name -> names.produce(new ClientNameBuildItem(name)));
    }

    private static void checkNotReserved(String name, InjectionPointInfo injectionPoint,
            BuildProducer<ValidationErrorBuildItem> errors) {
        if (ReservedNames.contains(name)) {
            errors.produce(new ValidationErrorBuildItem(new ConfigurationException(
                    injectionPoint.getTargetInfo() + ": " + ReservedNames.message(name))));
        }
    }

    private static void configuredName(String property, Set<String> found) {
        Matcher matcher = CONFIGURED.matcher(property);
        if (matcher.matches()) {
            String name = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
            if (!ReservedNames.contains(name)) {
                found.add(name);
            }
        }
    }
}
