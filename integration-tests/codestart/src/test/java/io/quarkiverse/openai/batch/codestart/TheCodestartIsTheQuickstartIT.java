package io.quarkiverse.openai.batch.codestart;

import static io.quarkus.devtools.codestarts.quarkus.QuarkusCodestartCatalog.Language.JAVA;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.devtools.testing.codestarts.QuarkusCodestartTest;

/** A new application has the code of the quickstart, without the marks for the pages that quote it. */
class TheCodestartIsTheQuickstartIT {

    private static final Path QUICKSTART = Path.of("..", "quickstart");

    @RegisterExtension
    static QuarkusCodestartTest codestart = QuarkusCodestartTest.builder()
            .setupStandaloneExtensionTest("io.quarkiverse.openai-batch:quarkus-openai-batch")
            .packageName("org.acme").languages(JAVA).build();

    @ParameterizedTest
    @ValueSource(strings = { "reviews.csv", "src/main/java/org/acme/Reviews.java", "src/test/java/org/acme/ReviewsTest.java",
            "src/main/resources/META-INF/resources/reviews.html" })
    void inEachFile(String file) throws IOException {
        List<String> quickstart = Files.readAllLines(QUICKSTART.resolve(file)).stream()
                .filter(line -> !line.matches("\\s*// (tag|end)::.*"))
                .map(line -> line.replaceAll(" // <\\d>", "")).toList();

        assertThat(created(file)).hasContent(String.join("\n", quickstart));
    }

    @Test
    void inItsSettings() throws IOException {
        String file = "src/main/resources/application.properties";
        assertThat(properties(created(file))).isEqualTo(properties(QUICKSTART.resolve(file)));
    }

    @Test
    void withNothingElse() throws Throwable {
        codestart.assertThatGeneratedTreeMatchSnapshots(JAVA);
        codestart.assertThatGeneratedFile(JAVA, "pom.xml").content()
                .contains("<artifactId>quarkus-openai-batch</artifactId>", "<artifactId>quarkus-rest-jackson</artifactId>",
                        "<artifactId>quarkus-agroal</artifactId>", "<artifactId>quarkus-jdbc-h2</artifactId>");
    }

    private static Path created(String file) throws IOException {
        return codestart.getProjectWithRealDataDir(JAVA).resolve(file);
    }

    private static Properties properties(Path file) throws IOException {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }
}
