package io.quarkiverse.openai.batch.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.maven.dependency.ArtifactCoords;

class SchemaGeneratorVersionsTest {

    @ParameterizedTest
    @ValueSource(strings = { "5.0.0", "4.37.0", "3.1.0", "next" })
    void thatDoNotWorkAreABuildErrorThatNamesTheRightOne(String version) {
        assertThat(problems("jsonschema-module-jackson", version)).singleElement().asString().startsWith(
                "The application has com.github.victools:jsonschema-module-jackson in version " + version
                        + ", and structured answers need 4.38.0 or a newer version 4. Remove the version");
    }

    @ParameterizedTest
    @ValueSource(strings = { "4.38.0", "4.38.1", "4.100.0" })
    void thatWorkAreNone(String version) {
        assertThat(problems("jsonschema-generator", version)).isEmpty();
    }

    @Test
    void ofOtherArtifactsDoNotMatter() {
        assertThat(problems("jsonschema-module-swagger-2", "5.0.0")).isEmpty();
    }

    private static List<String> problems(String artifact, String version) {
        return SchemaGeneratorProcessor.problems(List.of(ArtifactCoords.jar("com.github.victools", artifact, version)));
    }
}
