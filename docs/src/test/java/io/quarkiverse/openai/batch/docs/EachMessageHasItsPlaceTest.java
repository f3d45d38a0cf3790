package io.quarkiverse.openai.batch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

/**
 * The page of messages has each text of the main sources that somebody may meet as a warning, an error, an exception or a
 * reason, word for word, and no others. A text is what has two words, and is no SQL and no {@code toString}. What is no message
 * is listed in a file, with the reason.
 */
class EachMessageHasItsPlaceTest {

    private static final Path PAGE = Path.of("modules", "ROOT", "pages", "troubleshooting.adoc");
    private static final Path NO_MESSAGES = Path.of("src", "test", "resources", "texts-that-are-no-messages.txt");
    private static final List<String> MODULES = List.of("runtime", "runtime-dev", "deployment", "langchain4j",
            "integration-tests/cli");
    private static final Pattern ON_PAGE = Pattern.compile("^\\|`\\+(.+)\\+`$", Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z'-]*[a-z]");
    private static final Pattern SQL = Pattern
            .compile("\\b(SELECT|INSERT INTO|DELETE FROM|UPDATE …|WHERE|EXISTS \\(|AND|SET) |= \\?");
    private static final Pattern TO_STRING = Pattern.compile("^\\w+\\[.*[=\\]].*");
    /** Classes whose texts are rules with advice of their own, descriptions, reports of progress, or parts of other texts. */
    private static final Set<String> OTHERS = Set.of("Rule", "Task", "NativeImageProcessor", "JobsProcessor", "JobGauges",
            "ReportText", "ProgressText", "BatchText", "Check", "EnqueuedTokens", "Failure", "FailureStreak", "KeySource",
            "PromptHint", "RowWriter", "CollectedRows", "PieceDraft", "TaskTable", "RowCache");

    private static Set<String> texts(Predicate<Map.Entry<String, Set<String>>> which) throws IOException {
        Set<String> texts = new TreeSet<>();
        for (String module : MODULES) {
            Texts.below(Path.of("..").resolve(module).resolve(Path.of("src", "main", "java"))).entrySet().stream()
                    .filter(which).map(Map.Entry::getKey).forEach(texts::add);
        }
        return texts;
    }

    private static boolean isMessage(Map.Entry<String, Set<String>> text) {
        String words = text.getKey();
        return words.contains(" ") && WORD.matcher(words).results().count() > 1 && !SQL.matcher(words).find()
                && !TO_STRING.matcher(words).matches() && !OTHERS.containsAll(text.getValue());
    }

    private static Set<String> noMessages() throws IOException {
        return Files.readAllLines(NO_MESSAGES).stream().filter(line -> !line.isBlank() && !line.startsWith("#"))
                .collect(Collectors.toSet());
    }

    private static List<String> onPage() throws IOException {
        return ON_PAGE.matcher(Files.readString(PAGE)).results().map((MatchResult found) -> found.group(1)).toList();
    }

    @Test
    void onThePage() throws IOException {
        Set<String> absent = texts(EachMessageHasItsPlaceTest::isMessage);
        assertThat(absent).hasSizeGreaterThan(400);
        absent.removeAll(onPage());
        absent.removeAll(noMessages());
        assertThat(absent).isEmpty();
    }

    @Test
    void asLongAsItIsInTheCode() throws IOException {
        Set<String> gone = new TreeSet<>(onPage());
        gone.addAll(noMessages());
        gone.removeAll(texts(any -> true));
        assertThat(gone).isEmpty();
    }
}
