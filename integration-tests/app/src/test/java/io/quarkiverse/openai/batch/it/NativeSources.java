package io.quarkiverse.openai.batch.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What a native image of this application would be built from. */
final class NativeSources {

    private static final String REFLECTION = "META-INF/native-image/reflect-config.json";

    /** What is registered, by the name of the class. */
    private final Map<String, JsonNode> reflection = new TreeMap<>();
    private final Map<String, String> classes = new TreeMap<>();

    private NativeSources() {
    }

    static NativeSources read() throws IOException {
        NativeSources sources = new NativeSources();
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("native.sources")))) {
            Path jar = files.filter(file -> file.toString().endsWith("-runner.jar")).findAny().orElseThrow();
            try (FileSystem content = FileSystems.newFileSystem(jar);
                    InputStream config = Files.newInputStream(content.getPath(REFLECTION));
                    Stream<Path> inside = Files.walk(content.getPath("/"))) {
                new ObjectMapper().readTree(config)
                        .forEach(type -> sources.reflection.put(type.path("name").asText(), type));
                for (Path file : inside.filter(file -> file.toString().endsWith(".class")).toList()) {
                    String name = file.toString().substring(1).replace('/', '.').replaceFirst("\\.class$", "");
                    sources.classes.put(name, Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return sources;
    }

    /** The classes of the application, also those that the build made; by name, as bytes one by one. */
    Map<String, String> classes() {
        return classes;
    }

    void assertCanBeCalled(Class<?> type) {
        assertThat(canBeCalled(type)).as("registered with methods").isTrue();
    }

    void assertCanBeMadeAndCalled(Class<?> type) {
        assertCanBeCalled(type);
        assertThat(registered(type, "allDeclaredConstructors")).as("registered with constructors").isTrue();
    }

    void assertCanBeLookedAt(Class<?> type) {
        assertThat(registered(type, "queryAllDeclaredMethods")).as("registered with methods, to be looked at").isTrue();
    }

    boolean canBeCalled(Class<?> type) {
        return registered(type, "allDeclaredMethods");
    }

    private boolean registered(Class<?> type, String what) {
        return reflection.containsKey(type.getName()) && reflection.get(type.getName()).path(what).asBoolean();
    }
}
