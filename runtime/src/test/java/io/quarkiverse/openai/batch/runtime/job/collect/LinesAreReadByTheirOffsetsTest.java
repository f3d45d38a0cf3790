package io.quarkiverse.openai.batch.runtime.job.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinesAreReadByTheirOffsetsTest {

    private static final int LINES = 500;

    private record Line(long offset, String text) {
    }

    @TempDir
    Path directory;

    private final List<Line> lines = new ArrayList<>();
    private Path file;

    /** Most are short, some longer than what is read at once; the last has no newline. */
    @BeforeEach
    void write() throws IOException {
        Random random = new Random(7);
        StringBuilder content = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            lines.add(new Line(content.length(), i + "x".repeat(random.nextInt(i % 50 == 0 ? 200_000 : 1_500))));
            content.append(lines.get(i).text()).append(i == LINES - 1 ? "" : "\n");
        }
        file = Files.writeString(directory.resolve("lines"), content);
    }

    @Test
    void oneAfterTheOther() throws IOException {
        assertRead();
    }

    @Test
    void backward() throws IOException {
        Collections.reverse(lines);
        assertRead();
    }

    @Test
    void inAnyOrder() throws IOException {
        Collections.shuffle(lines, new Random(3));
        assertRead();
    }

    @Test
    void someOfThemTwice() throws IOException {
        lines.addAll(0, List.copyOf(lines.subList(100, 120)));
        assertRead();
    }

    private void assertRead() throws IOException {
        try (LinesAtOffsets read = new LinesAtOffsets(file)) {
            for (Line line : lines) {
                assertThat(new String(read.read(line.offset()), StandardCharsets.US_ASCII)).isEqualTo(line.text());
            }
        }
    }
}
