package io.quarkiverse.openai.batch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** Of what a cluster would check, that which can be read off: fields that belong together, and no disk that stays. */
class TheManifestIsADeploymentTest {

    private static final Path MANIFEST = Path.of("modules", "ROOT", "examples", "kubernetes.yaml");

    @Test
    void ofPodsWithoutADisk() throws IOException {
        JsonNode manifest = new YAMLMapper().readTree(MANIFEST.toFile());
        assertThat(manifest.path("apiVersion").asText()).isEqualTo("apps/v1");
        assertThat(manifest.path("kind").asText()).isEqualTo("Deployment");
        JsonNode spec = manifest.path("spec");
        JsonNode pod = spec.path("template").path("spec");
        assertThat(spec.path("replicas").asInt()).isGreaterThan(1);
        assertThat(spec.path("template").path("metadata").path("labels")).isEqualTo(spec.path("selector").path("matchLabels"));
        assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isGreaterThan(20);
        for (JsonNode volume : pod.path("volumes")) {
            assertThat(volume.has("emptyDir")).as(volume.toString()).isTrue();
        }
        JsonNode container = pod.path("containers").get(0);
        assertThat(container.path("readinessProbe").path("httpGet").path("path").asText()).isEqualTo("/q/health/ready");
        assertThat(container.path("readinessProbe").path("httpGet").path("port"))
                .isEqualTo(container.path("ports").get(0).path("containerPort"));
        for (JsonNode mount : container.path("volumeMounts")) {
            assertThat(pod.path("volumes").findValuesAsText("name")).contains(mount.path("name").asText());
        }
        for (JsonNode variable : container.path("env")) {
            assertThat(variable.has("value") ^ variable.has("valueFrom")).as(variable.toString()).isTrue();
        }
    }
}
