package io.quarkiverse.openai.batch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

class TheFailuresPageNamesTestsThatExistTest {

    private static final Path PAGE = Path.of("modules", "ROOT", "pages", "failures.adoc");
    private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w+(?:Test|IT))`(?:: ([\\w, ]+))?");

    @Test
    void eachClassAndEachMethod() throws IOException {
        Map<String, Path> sources = sources();
        List<String> absent = new ArrayList<>();
        Matcher named = CLASS.matcher(Files.readString(PAGE));
        int classes = 0;
        while (named.find()) {
            classes++;
            Path source = sources.get(named.group(1) + ".java");
            String text = source == null ? "" : Files.readString(source);
            String methods = named.group(2) == null ? "class " + named.group(1) : named.group(2);
            Stream.of(methods.split(", ")).filter(method -> !text.contains(method))
                    .forEach(method -> absent.add(named.group(1) + ": " + method));
        }
        assertThat(classes).isGreaterThan(25);
        assertThat(absent).isEmpty();
    }

    private static Map<String, Path> sources() throws IOException {
        Map<String, Path> sources = new HashMap<>();
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            files.filter(file -> file.toString().contains("src/test/java")).filter(Files::isRegularFile)
                    .forEach(file -> sources.put(file.getFileName().toString(), file));
        }
        return sources;
    }
}
