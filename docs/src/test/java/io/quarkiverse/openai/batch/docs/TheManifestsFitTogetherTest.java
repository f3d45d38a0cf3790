package io.quarkiverse.openai.batch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** Of what a cluster would check, that which can be read off: fields that belong together, and where the jobs are. */
class TheManifestsFitTogetherTest {

    private static final Path EXAMPLES = Path.of("modules", "ROOT", "examples");

    @Test
    void manyPodsHaveNoDiskThatStays() throws IOException {
        JsonNode spec = spec("kubernetes.yaml", "Deployment");
        assertThat(spec.path("replicas").asInt()).isGreaterThan(1);
        for (JsonNode volume : pod(spec).path("volumes")) {
            assertThat(volume.has("emptyDir")).as(volume.toString()).isTrue();
        }
        assertThat(mounted(spec)).isEqualTo(names(pod(spec).path("volumes")));
    }

    @Test
    void onePodHasTheDiskOfTheJobs() throws IOException {
        JsonNode spec = spec("kubernetes-directory.yaml", "StatefulSet");
        assertThat(spec.path("replicas").asInt()).isEqualTo(1);
        JsonNode claims = spec.path("volumeClaimTemplates");
        assertThat(mounted(spec)).isEqualTo(new TreeSet<>(claims.findValuesAsText("name")));
        assertThat(claims.get(0).path("spec").path("accessModes").get(0).asText()).isEqualTo("ReadWriteOncePod");
        String mount = container(spec).path("volumeMounts").get(0).path("mountPath").asText();
        assertThat(container(spec).path("env")).filteredOn(variable -> variable.path("name").asText().contains("_JOBS_"))
                .hasSize(2).allMatch(variable -> variable.path("value").asText().startsWith(mount + "/"));
    }

    private static JsonNode spec(String file, String kind) throws IOException {
        JsonNode manifest = new YAMLMapper().readTree(EXAMPLES.resolve(file).toFile());
        assertThat(manifest.path("apiVersion").asText()).isEqualTo("apps/v1");
        assertThat(manifest.path("kind").asText()).isEqualTo(kind);
        JsonNode spec = manifest.path("spec");
        assertThat(spec.path("template").path("metadata").path("labels")).isEqualTo(spec.path("selector").path("matchLabels"));
        assertThat(pod(spec).path("terminationGracePeriodSeconds").asInt()).isGreaterThan(20);
        JsonNode ready = container(spec).path("readinessProbe").path("httpGet");
        assertThat(ready.path("path").asText()).isEqualTo("/q/health/ready");
        assertThat(ready.path("port")).isEqualTo(container(spec).path("ports").get(0).path("containerPort"));
        for (JsonNode variable : container(spec).path("env")) {
            assertThat(variable.has("value") ^ variable.has("valueFrom")).as(variable.toString()).isTrue();
        }
        return spec;
    }

    private static JsonNode pod(JsonNode spec) {
        return spec.path("template").path("spec");
    }

    private static JsonNode container(JsonNode spec) {
        return pod(spec).path("containers").get(0);
    }

    private static Set<String> mounted(JsonNode spec) {
        return names(container(spec).path("volumeMounts"));
    }

    private static Set<String> names(JsonNode named) {
        Set<String> names = new TreeSet<>();
        named.forEach(each -> names.add(each.path("name").asText()));
        return names;
    }
}
