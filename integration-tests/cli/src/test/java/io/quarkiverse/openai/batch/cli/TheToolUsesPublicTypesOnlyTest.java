package io.quarkiverse.openai.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

class TheToolUsesPublicTypesOnlyTest {

    private static final String RUNTIME = "import io.quarkiverse.openai.batch." + "runtime.";

    @Test
    void noSourceImportsTheRuntime() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).hasSizeGreaterThan(50)
                    .allSatisfy(source -> assertThat(source).content().doesNotContain(RUNTIME));
        }
    }
}
