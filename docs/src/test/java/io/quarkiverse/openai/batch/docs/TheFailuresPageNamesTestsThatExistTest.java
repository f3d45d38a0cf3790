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
    private static final Pattern PAGE_LINK = Pattern.compile("xref:([\\w-]+\\.adoc)");
    private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w+(?:Test|IT))`(?:: ([\\w, ]+))?");

    @Test
    void eachClassAndEachMethod() throws IOException {
        Map<String, Path> sources = sources();
        List<String> absent = new ArrayList<>();
        Matcher named = CLASS.matcher(Files.readString(PAGE) + Files.readString(PAGE.resolveSibling("guarantees.adoc")));
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

    /** A test, or a page: what the site build checks of it is that it is there. */
    @Test
    void andEachRowHasAPlace() throws IOException {
        List<String> rows = rows();
        assertThat(rows).hasSizeGreaterThanOrEqualTo(70)
                .allMatch(row -> CLASS.matcher(row).find() || PAGE_LINK.matcher(row).find());
        assertThat(PAGE_LINK.matcher(Files.readString(PAGE)).results().map(found -> found.group(1)).distinct())
                .allSatisfy(page -> assertThat(PAGE.resolveSibling(page)).exists());
    }

    /** Of three cells, each on a line, with an empty line after them, or the end of the table. */
    private static List<String> rows() throws IOException {
        String page = Files.readString(PAGE);
        return Stream.of(page.substring(0, page.indexOf("crash-sweep")).split("\n\n")).filter(block -> block.startsWith("|"))
                .filter(block -> !block.startsWith("|===") && block.lines().count() >= 3).toList();
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
