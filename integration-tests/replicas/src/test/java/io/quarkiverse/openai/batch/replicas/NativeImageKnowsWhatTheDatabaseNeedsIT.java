package io.quarkiverse.openai.batch.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What a native image of this application would be built from. */
class NativeImageKnowsWhatTheDatabaseNeedsIT {

    private static final Path SOURCES = Path.of(System.getProperty("native.sources"));
    private static final Map<String, JsonNode> REFLECTION = new TreeMap<>();
    private static JsonNode resources;

    @BeforeAll
    static void read() throws IOException {
        Path jar = files(SOURCES).filter(file -> file.toString().endsWith("-runner.jar")).findAny().orElseThrow();
        try (FileSystem content = FileSystems.newFileSystem(jar)) {
            json(content, "reflect-config.json").forEach(type -> REFLECTION.put(type.path("name").asText(), type));
            resources = json(content, "resource-config.json").at("/resources/includes");
        }
    }

    private static Stream<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList().stream();
        }
    }

    private static JsonNode json(FileSystem jar, String name) throws IOException {
        try (InputStream in = Files.newInputStream(jar.getPath("META-INF/native-image", name))) {
            return new ObjectMapper().readTree(in);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "io.quarkus.quarkus-agroal-", "io.agroal.agroal-pool-", "io.agroal.agroal-narayana-",
            "org.postgresql.postgresql-", "com.github.kagkarlsson.db-scheduler-", "io.quarkus.quarkus-narayana-jta-" })
    void theLibrary(String library) throws IOException {
        assertThat(files(SOURCES.resolve("lib")).map(file -> file.getFileName().toString()))
                .anyMatch(name -> name.startsWith(library));
    }

    /** Made by their names. */
    @ParameterizedTest
    @ValueSource(strings = { "org.postgresql.Driver", "io.agroal.pool.ConnectionHandler", "[Lio.agroal.pool.ConnectionHandler;",
            "io.agroal.api.security.AgroalDefaultSecurityProvider" })
    void whatPoolAndDriverMakeByName(String type) {
        assertThat(REFLECTION).containsKey(type);
        assertThat(REFLECTION.get(type).path("allDeclaredConstructors").asBoolean()).isTrue();
    }

    /** Read and written as JSON, and kept in tables. */
    @ParameterizedTest
    @ValueSource(strings = { "JobRow", "ChunkRow", "AccountRow", "LookRow", "Task", "RowFormat$Envelope" })
    void theRows(String row) {
        assertThat(REFLECTION).hasEntrySatisfying("io.quarkiverse.openai.batch.runtime.job.store." + row, registered -> {
            assertThat(registered.path("allDeclaredConstructors").asBoolean()).isTrue();
            assertThat(registered.path("allDeclaredMethods").asBoolean()).isTrue();
        });
    }

    @Test
    void theScriptsOfTheTables() {
        assertThat(resources).anyMatch(include -> Pattern
                .matches(include.path("pattern").asText(), "db/openai-batch/R__openai_batch_1_jobs.sql"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "java.lang.Long", "org.acme.DocumentEmbeddings$Embedded" })
    void whatATypedHandlerTakes(String type) {
        assertThat(REFLECTION).hasEntrySatisfying(type,
                registered -> assertThat(registered.path("allDeclaredConstructors").asBoolean()).isTrue());
    }
}
