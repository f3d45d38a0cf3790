package io.quarkiverse.openai.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.openai.batch.emulator.Emulator;
import io.quarkiverse.openai.batch.emulator.EmulatorOptions;

/** The packaged tool has neither health nor metrics nor an HTTP server nor a datasource, so it has no library of them. */
class NothingThatWasNotAskedForIT {

    @Test
    void isInThePackage() throws IOException {
        try (Stream<Path> libraries = Files.list(Path.of("target", "quarkus-app", "lib", "main"))) {
            assertThat(libraries.map(library -> library.getFileName().toString()))
                    .anyMatch(name -> name.contains("quarkus-openai-batch"))
                    .noneMatch(
                            name -> name.matches(".*(micrometer|smallrye-health|microprofile-health|opentelemetry|vertx-http|"
                                    + "openai-batch-dev|openai-batch-database|db-scheduler|agroal|kotlin).*"));
        }
    }

    @Test
    void isSilentlyLeftOut(@TempDir Path directory) throws Exception {
        try (Emulator emulator = Emulator.start(EmulatorOptions.defaults());
                PackagedTool tool = new PackagedTool(emulator, directory)
                        .with("QUARKUS_OPENAI_BATCH__GROQ__API_KEY", "a key")) {
            assertThat(tool.run("list")).isZero();
            assertThat(tool.stdout() + tool.stderr())
                    .contains("The client \"groq\", which the environment alone names, cannot be used")
                    .doesNotContain("a key");
        }
    }

    @Test
    void worksWithoutTheLibraryThatItNeeds(@TempDir Path directory) throws Exception {
        try (Emulator emulator = Emulator.start(EmulatorOptions.defaults());
                PackagedTool tool = new PackagedTool(emulator, directory)
                        .with("QUARKUS_OPENAI_BATCH_WEBHOOK_SECRETS", "a secret")) {
            assertThat(tool.run("list")).isEqualTo(2);
            assertThat(tool.stdout() + tool.stderr())
                    .contains("quarkus.openai-batch.webhook.secrets has no effect without an HTTP server: "
                            + "add the extension quarkus-vertx-http, or remove the secrets")
                    .doesNotContain("a secret");
        }
    }
}
