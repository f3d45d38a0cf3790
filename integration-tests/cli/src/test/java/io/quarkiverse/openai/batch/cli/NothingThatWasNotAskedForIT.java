package io.quarkiverse.openai.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The packaged tool has neither health nor metrics nor an HTTP server, so it has no library of them. */
class NothingThatWasNotAskedForIT {

    @Test
    void isInThePackage() throws IOException {
        try (Stream<Path> libraries = Files.list(Path.of("target", "quarkus-app", "lib", "main"))) {
            assertThat(libraries.map(library -> library.getFileName().toString()))
                    .anyMatch(name -> name.contains("quarkus-openai-batch"))
                    .noneMatch(
                            name -> name.matches(".*(micrometer|smallrye-health|microprofile-health|opentelemetry|vertx-http|"
                                    + "openai-batch-dev|kotlin).*"));
        }
    }
}
