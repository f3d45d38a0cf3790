package io.quarkiverse.openai.batch.cli.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.openai.batch.jsonl.BatchResult;

class AnswersAreNeverHalfDoneTest {

    @TempDir
    Path directory;

    @Test
    void whenTheEndIsNotReached() throws IOException {
        Path file = Files.writeString(directory.resolve("answers.jsonl"), "of an earlier run");
        Stream<BatchResult> breaking = Stream.of("a", "b").map(id -> {
            if (id.equals("b")) {
                throw new IllegalStateException("the results are gone");
            }
            return BatchResult.missing(id);
        });
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> new Answers(file).write(breaking));
        assertThat(directory).isDirectoryNotContaining(other -> !other.equals(file));
        assertThat(file).hasContent("of an earlier run");
    }

    @Test
    void whenTheEndIsReached() throws IOException {
        Path file = Files.writeString(directory.resolve("answers.jsonl"), "of an earlier run");
        assertThat(new Answers(file).write(Stream.of(BatchResult.missing("a")))).isEqualTo(1);
        assertThat(file).hasContent("{\"id\":\"a\",\"outcome\":\"missing\"}");
        assertThat(directory).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void whenThePlaceCannotBeWritten() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Answers(directory)).withMessageContaining("Cannot write");
    }
}
