package io.quarkiverse.openai.batch.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.openai.batch.docs.Page.Block;

/** Compares the code, the configuration reference and the versions in the pages with their sources, or rewrites them. */
class PagesQuoteTheirSourcesTest {

    private static final String COMMAND = "mvn -B -pl docs -am process-test-classes -Dupdate-pages";

    @ParameterizedTest
    @MethodSource("pages")
    void eachBlockEqualsItsSource(Path file) {
        Page page = Page.read(file);
        if (System.getProperty("update-pages") != null) {
            Page quoting = page.quoting(Sources::lines);
            new Page(file, Versions.ofBuild().in(quoting.lines())).write();
            return;
        }
        for (Block block : page.blocks()) {
            List<String> quoted = page.lines().subList(block.first(), block.end());
            compare(file, "block " + block.source(), block.first(), quoted, Sources.lines(block.source()));
        }
        compare(file, "versions", 0, page.lines(), Versions.ofBuild().in(page.lines()));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void eachJavaBlockNamesACompiledSource(Path file) {
        assertThat(Page.read(file).unquotedJava().stream().map(index -> file + ":" + (index + 1)))
                .as("Java blocks without a line `// example: File.java#tag` before them").isEmpty();
    }

    @Test
    void quotesAreFound() {
        assertThat(pages().stream().mapToInt(page -> Page.read(page).blocks().size()).sum()).isGreaterThan(15);
    }

    private static void compare(Path file, String block, int first, List<String> page, List<String> source) {
        int same = IntStream.range(0, Math.min(page.size(), source.size()))
                .filter(i -> !page.get(i).equals(source.get(i))).findFirst().orElse(Math.min(page.size(), source.size()));
        if (same < Math.max(page.size(), source.size())) {
            fail("%s:%d, %s:%n  the page has    %s%n  its source has  %s%nTo rewrite the pages: %s", file, first + same + 1,
                    block, line(page, same), line(source, same), COMMAND);
        }
    }

    private static String line(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index) : "(no more lines)";
    }

    static List<Path> pages() {
        return Sources.pages();
    }
}
