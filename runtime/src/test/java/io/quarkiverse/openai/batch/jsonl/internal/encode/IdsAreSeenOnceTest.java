package io.quarkiverse.openai.batch.jsonl.internal.encode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.openai.batch.jsonl.ForkedJvm;

class IdsAreSeenOnceTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = { 1, 10, 1_000, 20_000, 100_000 })
    void inMemoryAndInTheFile(int mostInMemory) throws IOException {
        try (SeenIds ids = new SeenIds(() -> folder.resolve("ids"), mostInMemory)) {
            assertThat(IntStream.range(0, 50_000 / (mostInMemory < 1_000 ? 100 : 1)).allMatch(n -> ids.add("line-" + n)))
                    .isTrue();
            assertThat(IntStream.range(0, 50_000 / (mostInMemory < 1_000 ? 100 : 1)).noneMatch(n -> ids.add("line-" + n)))
                    .isTrue();
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    /** Of four million lines at most 8 bytes a line are kept in memory, and of five million the first four in a file. */
    @Test
    void fiveMillionNeedLittleMemory() throws Exception {
        assertThat(ForkedJvm.run(FiveMillionIds.class, folder.toString())).isEqualTo("5000000 seen");
    }

    /** Adds five million ids, and some of them again. */
    static final class FiveMillionIds {

        private FiveMillionIds() {
        }

        public static void main(String[] arguments) throws IOException {
            byte[] half = new byte[24 << 20]; // of the 64 MB of heap
            try (SeenIds ids = new SeenIds(() -> Path.of(arguments[0], "ids"))) {
                long seen = IntStream.range(0, 5_000_000).filter(n -> ids.add("line-" + n)).count();
                boolean again = ids.add("line-0") || ids.add("line-3999999") || ids.add("line-4999999");
                System.out.println(again || half.length == 0 ? "again" : seen + " seen");
            }
        }
    }
}
