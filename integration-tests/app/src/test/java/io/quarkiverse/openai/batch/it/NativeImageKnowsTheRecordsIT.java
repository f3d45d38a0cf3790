package io.quarkiverse.openai.batch.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.openai.batch.jsonl.ChatBody;
import io.quarkiverse.openai.batch.jsonl.RequestBody;
import io.quarkiverse.openai.batch.model.Batch;

/** Reads what a native image of this application would be built from. */
class NativeImageKnowsTheRecordsIT {

    private static Map<String, JsonNode> reflection;

    @BeforeAll
    static void readReflectionConfiguration() throws IOException {
        Path sources = Path.of(System.getProperty("native.sources"));
        try (Stream<Path> files = Files.list(sources)) {
            Path jar = files.filter(file -> file.toString().endsWith("-runner.jar")).findAny().orElseThrow();
            try (FileSystem content = FileSystems.newFileSystem(jar);
                    InputStream config = Files
                            .newInputStream(content.getPath("META-INF/native-image/reflect-config.json"))) {
                reflection = new TreeMap<>();
                new ObjectMapper().readTree(config).forEach(type -> reflection.put(type.path("name").asText(), type));
            }
        }
    }

    @Test
    void ofTheWire() throws IOException, URISyntaxException {
        List<Class<?>> records = recordsIn(Batch.class);
        assertThat(records).hasSizeGreaterThan(10).contains(Batch.class);
        assertThat(records).allSatisfy(type -> {
            JsonNode known = reflection.get(type.getName());
            assertThat(known).as(type.getName()).isNotNull();
            assertThat(known.path("allDeclaredConstructors").asBoolean()).isTrue();
            assertThat(known.path("allDeclaredMethods").asBoolean()).isTrue();
        });
    }

    @Test
    void andTheBodiesOfRequests() {
        assertThat(reflection).containsKeys(RequestBody.class.getName(), ChatBody.class.getName());
        assertThat(RequestBody.class.getPermittedSubclasses()).allSatisfy(body -> {
            JsonNode known = reflection.get(body.getName());
            assertThat(known).as(body.getName()).isNotNull();
            assertThat(known.path("allDeclaredMethods").asBoolean()).isTrue();
        });
    }

    private static List<Class<?>> recordsIn(Class<?> oneOfPackage) throws IOException, URISyntaxException {
        URI classFile = oneOfPackage.getResource(oneOfPackage.getSimpleName() + ".class").toURI();
        if (!classFile.getScheme().equals("jar")) {
            return recordsIn(oneOfPackage, Path.of(classFile).getParent());
        }
        try (FileSystem jar = FileSystems.newFileSystem(classFile, Map.of())) {
            return recordsIn(oneOfPackage, Path.of(classFile).getParent());
        }
    }

    private static List<Class<?>> recordsIn(Class<?> oneOfPackage, Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                    .<Class<?>> map(name -> load(oneOfPackage.getPackageName() + "." + name.replace(".class", "")))
                    .filter(Class::isRecord).toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
