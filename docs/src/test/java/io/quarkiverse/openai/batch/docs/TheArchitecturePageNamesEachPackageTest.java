package io.quarkiverse.openai.batch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

class TheArchitecturePageNamesEachPackageTest {

    private static final String ROOT = "io.quarkiverse.openai.batch";
    private static final Path SOURCES = Path.of("..", "runtime", "src", "main", "java");
    private static final Path PAGE = Path.of("modules", "ROOT", "pages", "architecture.adoc");
    private static final Pattern ROW = Pattern.compile("(?m)^\\|`([\\w.]+)` \\|");

    @Test
    void onceAndNoOther() throws IOException {
        List<String> named = ROW.matcher(Files.readString(PAGE)).results().map(TheArchitecturePageNamesEachPackageTest::name)
                .toList();
        assertThat(named).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(packages());
    }

    private static String name(MatchResult row) {
        return row.group(1).startsWith(".") ? ROOT + row.group(1) : row.group(1);
    }

    private static List<String> packages() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> SOURCES.relativize(file.getParent()).toString().replace(file.getFileSystem().getSeparator(),
                            "."))
                    .distinct().toList();
        }
    }
}
