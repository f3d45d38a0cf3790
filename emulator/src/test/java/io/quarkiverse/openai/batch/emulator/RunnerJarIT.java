package io.quarkiverse.openai.batch.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The jar that runs without an application, so that no application's BOM can update what it contains. */
class RunnerJarIT {

    private static final Path JAR = Path.of(System.getProperty("runner.jar"));

    /** The versions that fix CVE-2026-62243 and -89044 (Netty), -54512 to -83557 (Jackson), -6860 (Vert.x). */
    @ParameterizedTest
    @CsvSource({ "META-INF/maven/io.netty/netty-, 4.1.138", "META-INF/maven/com.fasterxml.jackson.core/jackson-core/, 2.21.6",
            "META-INF/maven/com.fasterxml.jackson.core/jackson-databind/, 2.21.6", "META-INF/maven/io.vertx/, 4.5.27" })
    void containsPatchedVersions(String folder, String patched) throws IOException {
        List<String> versions = versions(folder);

        assertThat(versions).isNotEmpty()
                .allSatisfy(version -> assertThat(Runtime.Version.parse(numbers(version)))
                        .isGreaterThanOrEqualTo(Runtime.Version.parse(patched)));
    }

    @Test
    void carriesTheLicensesAndNoticesOfWhatItContains() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(text(jar, "META-INF/LICENSE")).contains("Apache License", "Version 2.0");
            assertThat(text(jar, "META-INF/NOTICE")).contains("Jackson JSON processor");
            assertThat(text(jar, "META-INF/FastDoubleParser-LICENSE")).isNotBlank();
            assertThat(text(jar, "META-INF/Schubfach-LICENSE")).isNotBlank();
            assertThat(text(jar, "META-INF/THIRD-PARTY")).contains(groups(jar));
        }
    }

    @Test
    void servesBatches() throws IOException {
        Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-jar", JAR.toString())
                .redirectErrorStream(true).start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            String line = output.readLine();

            assertThat(line).startsWith("Base URL: http://127.0.0.1:");
            Client client = new Client(URI.create(line.substring("Base URL: ".length())));
            assertThat(client.get("/batches").statusCode()).isEqualTo(200);
        } finally {
            process.destroy();
        }
    }

    private static List<String> versions(String folder) throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> versions = new ArrayList<>();
            for (String name : names(jar, folder)) {
                Properties properties = new Properties();
                try (InputStream stream = jar.getInputStream(jar.getEntry(name))) {
                    properties.load(stream);
                }
                versions.add(properties.getProperty("version"));
            }
            return versions;
        }
    }

    private static List<String> names(JarFile jar, String folder) {
        return jar.stream().map(entry -> entry.getName())
                .filter(name -> name.startsWith(folder) && name.endsWith("/pom.properties")).toList();
    }

    /** The groups of all artifacts in the jar, except the emulator's own and what Netty's jars contain. */
    private static String[] groups(JarFile jar) {
        return names(jar, "META-INF/maven/").stream().map(name -> name.split("/")[2])
                .filter(group -> !group.startsWith("io.quarkiverse") && !group.equals("org.jctools"))
                .distinct().toArray(String[]::new);
    }

    private static String numbers(String version) {
        return version.replace(".Final", "");
    }

    private static String text(JarFile jar, String name) throws IOException {
        try (InputStream stream = jar.getInputStream(jar.getEntry(name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
