package io.quarkiverse.openai.batch.runtime.job.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.ForkedJvm;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.ResponsesBody;
import io.quarkiverse.openai.batch.runtime.job.result.CustomIdLines;
import io.quarkiverse.openai.batch.runtime.job.result.LineNumbers;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;

class MovedLinesStayAsTheyWereTest {

    @TempDir
    Path root;

    private static BitSet lines(int... numbers) {
        BitSet lines = new BitSet();
        for (int number : numbers) {
            lines.set(number);
        }
        return lines;
    }

    private static ChunkRow moved(SpoolBench bench, ChunkRow parent, BitSet lines) throws IOException {
        new Resubmission(bench.store, bench.directory).spool(parent, lines, 2, null, LineChange.NONE);
        List<ChunkRow> chunks = bench.store.chunks(parent.job());
        return chunks.get(chunks.size() - 1);
    }

    @Test
    void withTheEndpointOfTheirJob() throws IOException {
        try (SpoolBench bench = new SpoolBench(root)) {
            ChunkRow parent = bench.spool("bare", LineLimits.OPENAI, () -> Stream.of("a", "b", "c")
                    .map(id -> BatchRequest.bare(id, ResponsesBody.of("m").input("one two three")))).get(0);
            ChunkRow child = moved(bench, parent, lines(0, 2));
            assertThat(parent.input().answerTokens()).isPositive();
            assertThat(child.input().answerTokens() * 3).isEqualTo(parent.input().answerTokens() * 2);
            assertThat(child.input().lines()).isEqualTo(2);
            try (Stream<String> ids = CustomIdLines.of(bench.directory, child)) {
                assertThat(ids).containsExactly("a", "c");
            }
            assertThat(LineNumbers.movedTo(child, bench.directory)).isEqualTo(lines(0, 2));
        }
    }

    @Test
    void howeverLongTheyAre() throws Exception {
        try (SpoolBench bench = new SpoolBench(root)) {
            bench.spool("long", LineLimits.OPENAI, () -> Stream.of(BatchRequest.chat("a", "m", "x".repeat(8_600_000))));
        }
        assertThat(ForkedJvm.run(LongLine.class, root.toString())).isEqualTo("8600000");
    }

    /** Moves a line that is longer than an eighth of the heap, which lines of other origin must not be. */
    static final class LongLine {

        private LongLine() {
        }

        public static void main(String[] arguments) throws IOException {
            try (SpoolBench bench = new SpoolBench(Path.of(arguments[0]))) {
                ChunkRow parent = bench.store.chunks("long").get(0);
                System.out.println(moved(bench, parent, lines(0)).input().bytes() / 100_000 * 100_000);
            }
        }
    }
}
