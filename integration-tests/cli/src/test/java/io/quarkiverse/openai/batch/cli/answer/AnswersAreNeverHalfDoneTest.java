package io.quarkiverse.openai.batch.cli.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.openai.batch.cli.answer.Answers.Tally;

class AnswersAreNeverHalfDoneTest {

    @TempDir
    Path directory;

    @Test
    void whenTheEndIsNotReached() throws IOException {
        Path file = Files.writeString(directory.resolve("answers.jsonl"), "of an earlier run");
        Iterator<String> breaking = Stream.of("a", "b").map(id -> {
            if (id.equals("b")) {
                throw new IllegalStateException("the input is gone");
            }
            return id;
        }).iterator();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> new Answers(file).write(breaking, List.of()));
        assertThat(directory).isDirectoryNotContaining(other -> !other.equals(file));
        assertThat(file).hasContent("of an earlier run");
    }

    @Test
    void whenTheEndIsReached() throws IOException {
        Path file = Files.writeString(directory.resolve("answers.jsonl"), "of an earlier run");
        Tally tally = new Answers(file).write(List.of("a").iterator(), List.of());
        assertThat(tally.failed()).isEqualTo(1);
        assertThat(file).hasContent("{\"id\":\"a\",\"outcome\":\"missing\"}");
        assertThat(directory).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void whenThePlaceCannotBeWritten() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Answers(directory)).withMessageContaining("Cannot write");
    }
}
