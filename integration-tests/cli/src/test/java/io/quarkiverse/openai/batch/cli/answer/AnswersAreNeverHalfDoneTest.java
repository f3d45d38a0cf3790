package io.quarkiverse.openai.batch.cli.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> Answers.to(file, null, true).write(breaking));
        assertThat(directory).isDirectoryNotContaining(other -> !other.equals(file));
        assertThat(file).hasContent("of an earlier run");
    }

    @Test
    void whenTheEndIsReached() throws IOException {
        Path file = Files.writeString(directory.resolve("answers.jsonl"), "of an earlier run");
        assertThat(Answers.to(file, null, true).write(Stream.of(BatchResult.missing("a"))).lines()).isEqualTo(1);
        assertThat(file).hasContent("{\"id\":\"a\",\"outcome\":\"missing\"}");
        assertThat(directory).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void whenThePlaceCannotBeWritten() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        for (Path place : List.of(directory, file.resolve("x"), directory.resolve("x".repeat(250)), Path.of("/proc/none/x"))) {
            assertThatIllegalArgumentException().as("%s", place).isThrownBy(() -> Answers.to(place, null, true))
                    .withMessageMatching("Cannot write .*: .{5,}").withMessageNotContaining("Exception");
        }
        assertThat(directory).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void theInputIsNoOutput() throws IOException {
        Path input = Files.writeString(directory.resolve("a.jsonl"), "input");
        Path link = Files.createSymbolicLink(directory.resolve("b.jsonl"), input);

        for (Path output : List.of(input, link, directory.resolve("../" + directory.getFileName() + "/a.jsonl"))) {
            assertThatIllegalArgumentException().isThrownBy(() -> Answers.to(output, input, true))
                    .withMessageContaining("is the input");
        }
        assertThat(input).hasContent("input");
    }

    @Test
    void whatExistsIsReplacedOnlyOnRequest() throws IOException {
        Path file = Files.writeString(directory.resolve("answers.jsonl"), "precious");
        Path link = Files.createSymbolicLink(directory.resolve("link.jsonl"), file);

        assertThatIllegalArgumentException().isThrownBy(() -> Answers.to(link, null, false)).withMessageContaining("--force");
        assertThat(file).hasContent("precious");
        Answers.to(link, null, true).write(Stream.of(BatchResult.missing("a")));
        assertThat(file).hasContent("{\"id\":\"a\",\"outcome\":\"missing\"}");
        assertThat(link).isSymbolicLink();
    }

    @Test
    void aPipeGetsTheAnswersAndStaysOne() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor()).isZero();
        CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> {
            try {
                return Files.readString(pipe);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        Answers.to(pipe, null, false).write(Stream.of(BatchResult.missing("a")));

        assertThat(read.get(30, TimeUnit.SECONDS)).isEqualTo("{\"id\":\"a\",\"outcome\":\"missing\"}\n");
        assertThat(Files.isRegularFile(pipe)).isFalse();
        assertThat(directory).isDirectoryNotContaining(other -> !other.equals(pipe));
    }

    @Test
    void aLinkAtTheOldNameOfTheIncompleteFileIsNotFollowed() throws IOException {
        Path victim = Files.writeString(directory.resolve("victim"), "precious");
        Path file = directory.resolve("answers.jsonl");
        Files.createSymbolicLink(
                directory.resolve("." + file.getFileName() + "." + ProcessHandle.current().pid() + ".incomplete"),
                victim);

        Answers.to(file, null, false).write(Stream.of(BatchResult.missing("a")));

        assertThat(victim).hasContent("precious");
    }
}
