package io.quarkiverse.openai.batch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands are run by {@code RunPages.java}, which is too long for a build; a block that it cannot run has a reason. */
class EachCommandSaysHowItIsRunTest {

    private static final Set<String> BLOCKS = Set.of("[source,bash]", "```bash");

    static List<Path> pages() {
        return Sources.pages();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void inACommentBeforeIt(Path file) {
        List<String> lines = Page.read(file).lines();
        assertThat(IntStream.range(0, lines.size()).filter(i -> BLOCKS.contains(lines.get(i)))
                .filter(i -> !lines.get(i - 1).matches("(// |<!-- )(run|run(:| until:) .+|prints: .+|not run: .+)( -->)?"))
                .mapToObj(i -> file + ":" + (i + 1))).as("Blocks of commands without a comment such as `// run` before them")
                .isEmpty();
    }
}
