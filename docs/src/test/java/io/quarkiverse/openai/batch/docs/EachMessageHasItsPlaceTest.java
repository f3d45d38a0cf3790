package io.quarkiverse.openai.batch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The page of messages has those of the code, word for word, and no others. */
class EachMessageHasItsPlaceTest {

    private static final Path PAGE = Path.of("modules", "ROOT", "pages", "troubleshooting.adoc");
    private static final Pattern ON_PAGE = Pattern.compile("^\\|`\\+(.+)\\+`$", Pattern.MULTILINE);

    private static Set<String> messages() throws IOException {
        return Messages.in(Stream.of("runtime", "runtime-dev", "deployment", "langchain4j")
                .map(module -> Path.of("..", module, "src", "main", "java")).toList()).stream()
                .map(message -> message.replaceAll("%[,0-9]*[a-z]", "…"))
                // not one that another one is the text of
                .filter(message -> message.matches(".*[a-zA-Z]{3}.*")).collect(Collectors.toSet());
    }

    private static List<String> onPage() throws IOException {
        return ON_PAGE.matcher(Files.readString(PAGE)).results().map((MatchResult found) -> found.group(1)).toList();
    }

    @Test
    void onThePage() throws IOException {
        assertThat(messages()).hasSizeGreaterThan(80).allSatisfy(message -> assertThat(onPage()).contains(message));
    }

    @Test
    void onceAndAsLongAsItIsInTheCode() throws IOException {
        assertThat(onPage()).doesNotHaveDuplicates();
        assertThat(messages()).containsAll(onPage());
    }
}
