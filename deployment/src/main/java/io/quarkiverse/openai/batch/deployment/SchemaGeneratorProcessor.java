package io.quarkiverse.openai.batch.deployment;

import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.openai.batch.jsonl.internal.schema.OutputSchema;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.pkg.builditem.CurateOutcomeBuildItem;
import io.quarkus.maven.dependency.ArtifactCoords;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Refuses versions of the schema generator that do not work with the extension. */
class SchemaGeneratorProcessor {

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

    @BuildStep
    void check(CurateOutcomeBuildItem application, BuildProducer<ValidationErrorBuildItem> errors) {
        problems(application.getApplicationModel().getDependencies()).stream()
                .map(problem -> new ValidationErrorBuildItem(new ConfigurationException(problem))).forEach(errors::produce);
    }

    static List<String> problems(Collection<? extends ArtifactCoords> dependencies) {
        return dependencies.stream()
                .filter(dependency -> dependency.getGroupId().equals(OutputSchema.GENERATOR_GROUP)
                        && OutputSchema.GENERATOR_ARTIFACTS.contains(dependency.getArtifactId())
                        && !isSupported(dependency.getVersion()))
                .map(dependency -> "The application has %s:%s in version %s, and structured answers need %s or a newer version 4. "
                        .formatted(dependency.getGroupId(), dependency.getArtifactId(), dependency.getVersion(),
                                OutputSchema.GENERATOR_VERSION)
                        + "Remove the version from the build file: the extension brings the right one")
                .toList();
    }

    private static boolean isSupported(String version) {
        Matcher actual = VERSION.matcher(version);
        Matcher expected = VERSION.matcher(OutputSchema.GENERATOR_VERSION);
        return actual.matches() && expected.matches() && actual.group(1).equals(expected.group(1))
                && Integer.parseInt(actual.group(2)) >= Integer.parseInt(expected.group(2));
    }
}
