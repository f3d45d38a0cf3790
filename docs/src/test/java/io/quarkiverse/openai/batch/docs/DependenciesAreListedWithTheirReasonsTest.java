package io.quarkiverse.openai.batch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The trees are those that maven-dependency-plugin writes in each module. */
class DependenciesAreListedWithTheirReasonsTest {

    private static final Path PAGE = Path.of("modules", "ROOT", "pages", "dependencies.adoc");
    private static final Pattern ROW = Pattern
            .compile("(?m)^\\|`([\\w.-]+:[\\w.*-]+)`\\n\\|(.+)\\n\\|([\\w.-]+(?: or [\\w.-]+)?)\\n\\|.+");
    private static final Map<String, String> MODULES = Map.of("runtime", "extension", "runtime-dev", "dev mode",
            "runtime-database", "database", "deployment-database", "database", "deployment", "extension",
            "emulator", "emulator", "langchain4j", "LangChain4j");

    @Test
    void eachWithTheJarsThatNeedIt() throws IOException {
        Map<String, Set<String>> needed = new TreeMap<>();
        for (var module : MODULES.entrySet()) {
            Path tree = Path.of("..", module.getKey(), "target", "dependencies.json");
            collect(new ObjectMapper().readTree(tree.toFile()), module.getValue(), needed);
        }
        assertThat(needed).isEqualTo(rows());
    }

    /** Quarkus and ours have rows of their own, or none; what they need is theirs. */
    private static void collect(JsonNode node, String jar, Map<String, Set<String>> needed) {
        for (JsonNode child : node.path("children")) {
            String group = child.get("groupId").asText();
            if (!group.startsWith("io.quarkus") && !group.startsWith("io.quarkiverse")) {
                String name = group + ":" + (group.equals("io.netty") ? "netty-*" : child.get("artifactId").asText());
                Set<String> jars = needed.computeIfAbsent(name, any -> new TreeSet<>());
                jars.add(jar);
                if (child.path("optional").asBoolean()) {
                    jars.add("optional");
                }
                collect(child, jar, needed);
            }
        }
    }

    private static Map<String, Set<String>> rows() throws IOException {
        return ROW.matcher(Files.readString(PAGE)).results().collect(Collectors.toMap(row -> row.group(1),
                row -> new TreeSet<>(Arrays.asList(row.group(2).split(", "))), (a, b) -> {
                    throw new AssertionError("Two rows of " + a);
                }, TreeMap::new));
    }
}
