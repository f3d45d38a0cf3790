package io.quarkiverse.openai.batch.runtime.job.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.job.ResultsExpiredException;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.jsonl.Usage;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.files.FileOutput;
import io.quarkiverse.openai.batch.runtime.job.files.MemoryFiles;
import io.quarkiverse.openai.batch.runtime.job.files.StoredFile;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.Tally;

class StoredResultsAreReadAsTheyWereWrittenTest {

    private static final String PAID = """
            {"custom_id":"%s","response":{"status_code":200,"body":{"choices":[{"message":{"content":"yes"}}]}}}""";
    private static final String REFUSED = """
            {"custom_id":"%s","response":{"status_code":400,"body":{"error":{"code":"bad"}}}}""";

    private final MemoryFiles files = new MemoryFiles();

    private static ChunkRow chunk(int number, int parent, int lines) {
        return ChunkRow.spooled("job", number, new ChunkRow.Input("file", lines, 0, 0, 0, "", "model", 1, parent, false));
    }

    private static byte[] line(String form, String id) {
        return form.formatted(id).getBytes(StandardCharsets.UTF_8);
    }

    private interface Writing {

        void to(ResultWriter results) throws IOException;
    }

    private ChunkRow stored(ChunkRow chunk, Writing writing) throws IOException {
        try (ResultWriter results = new ResultWriter(files, chunk)) {
            writing.to(results);
            return results.finish(List.of(), null).in(ChunkState.COLLECTED).with(results.tally(Usage.NONE));
        }
    }

    /** A line that was paid for, a moved one, a refused and a missing one. */
    private ChunkRow fourLines() throws IOException {
        return stored(chunk(1, 0, 4), results -> {
            results.addPaid(line(PAID, "a"));
            results.moveNext();
            results.add(line(REFUSED, "b"));
            results.add(line(REFUSED, "c"));
            results.addMissing("d");
        });
    }

    private List<StoredResult> read(ChunkRow chunk, int from) throws IOException {
        List<StoredResult> read = new ArrayList<>();
        try (StoredResults results = new ChunkResults(files, chunk).open(from, line -> true)) {
            results.forEachRemaining(read::add);
        }
        return read;
    }

    @Test
    void withTheNumbersOfTheirLines() throws IOException {
        List<StoredResult> all = read(fourLines(), 0);
        assertThat(all).extracting(StoredResult::line).containsExactly(0, 2, 3);
        assertThat(all).extracting(result -> result.result().customId()).containsExactly("a", "c", "d");
        assertThat(all).extracting(result -> result.result().outcome()).containsExactly(Outcome.SUCCEEDED, Outcome.FAILED,
                Outcome.MISSING);
        assertThat(all.get(0).result().line()).isEqualTo(line(PAID, "a"));
    }

    @Test
    void fromALineOn() throws IOException {
        ChunkRow chunk = fourLines();
        assertThat(read(chunk, 1)).isEqualTo(read(chunk, 2)).extracting(StoredResult::line).containsExactly(2, 3);
        assertThat(read(chunk, 4)).isEmpty();
    }

    @Test
    void andCounted() throws IOException {
        Tally tally = fourLines().tally();
        assertThat(tally.succeeded()).isEqualTo(1);
        assertThat(tally.failed()).isEqualTo(1);
        assertThat(tally.missing()).isEqualTo(1);
        assertThat(tally.unpaid()).isEqualTo(1);
        assertThat(tally.firstErrors()).containsExactly("400 bad", "missing");
    }

    @Test
    void aResultThatIsDamagedIsAnError() throws IOException {
        ChunkRow chunk = fourLines();
        files.damage(chunk.file(ChunkFile.RESULTS), 20);
        assertThatThrownBy(() -> read(chunk, 0)).isInstanceOf(UncheckedIOException.class).hasMessageContaining("damaged");
        assertThat(read(chunk, 2)).hasSize(2);
    }

    @Test
    void soIsADamagedIndex() throws IOException {
        ChunkRow chunk = fourLines();
        files.damage(chunk.file(ChunkFile.RESULT_INDEX), 12);
        assertThatThrownBy(() -> read(chunk, 0)).isInstanceOf(IOException.class).hasMessageContaining("damaged");
        assertThatThrownBy(() -> new ChunkResults(files, chunk).lines(Set.of(Outcome.FAILED)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void soIsAFileThatIsGoneOrCutOff() throws IOException {
        ChunkRow chunk = fourLines();
        StoredFile results = chunk.file(ChunkFile.RESULTS);
        byte[] bytes = files.bytes(results);
        files.put(results, "short".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> read(chunk, 0)).hasMessageContaining("damaged or gone");
        files.put(results, null);
        assertThatThrownBy(() -> read(chunk, 0)).hasMessageContaining("damaged or gone");
        files.put(results, bytes);
        files.put(chunk.file(ChunkFile.RESULT_INDEX), null);
        assertThatThrownBy(() -> read(chunk, 0)).hasMessageContaining("damaged or gone");
    }

    @Test
    void outcomesAreKnownWhenTheResultsAreDeleted() throws IOException {
        ChunkRow chunk = fourLines();
        ChunkRow deleted = chunk.without(ChunkFile.RESULTS);
        files.put(chunk.file(ChunkFile.RESULTS), null);
        assertThatThrownBy(() -> read(deleted, 0)).isInstanceOf(ResultsExpiredException.class);
        BitSet failed = new ChunkResults(files, deleted).lines(Set.of(Outcome.FAILED, Outcome.EXPIRED));
        assertThat(failed.stream()).containsExactly(2);
        Tally left = new ChunkResults(files, deleted).without(failed);
        assertThat(left.failed()).isZero();
        assertThat(left.unpaid()).isZero();
        assertThat(left.lines()).isEqualTo(2);
    }

    @Test
    void aMovedLineComesFromTheChunkThatItMovedTo() throws IOException {
        ChunkRow parent = fourLines();
        ChunkRow resent = child(2, 1, 1, "b");
        ChunkRow rerun = child(3, 1, 2, "c");
        ChunkRow again = child(4, 3, 0, "c");
        JobResults results = new JobResults(List.of(parent, resent, rerun, again), files);
        try (Stream<BatchResult> ordered = results.inInputOrder(); Stream<BatchResult> all = results.byCompletion()) {
            assertThat(ordered).extracting(BatchResult::customId).containsExactly("a", "b", "c", "d");
            assertThat(all).extracting(BatchResult::customId).containsExactlyInAnyOrder("a", "b", "c", "d");
        }
        assertThat(results.lines(parent, Set.of(Outcome.FAILED)).stream()).isEmpty();
        assertThat(results.lines(again, result -> result.succeeded()).stream()).containsExactly(0);
    }

    private ChunkRow child(int number, int parent, int movedLine, String id) throws IOException {
        ChunkRow child = stored(chunk(number, parent, 1), results -> results.addPaid(line(PAID, id)));
        BitSet moved = new BitSet();
        moved.set(movedLine);
        try (FileOutput out = LineNumbers.write(files, "job", ChunkFile.MOVED, moved)) {
            return child.with(ChunkFile.MOVED, out.finish());
        }
    }

    /** A chunk may have as many children as it was sent again in parts: each takes descriptors. */
    @Test
    void filesOfChunksAreOpenedWhenTheirLinesAreReached() throws IOException {
        ChunkRow first = stored(chunk(1, 0, 2), results -> {
            results.addPaid(line(PAID, "a"));
            results.moveNext();
            results.addMissing("b");
        });
        ChunkRow second = stored(chunk(2, 0, 1), results -> results.addPaid(line(PAID, "c")));
        ChunkRow child = child(3, 1, 1, "b");
        JobResults results = new JobResults(List.of(first, second, child), files);
        files.put(second.file(ChunkFile.RESULT_INDEX), null);
        files.put(child.file(ChunkFile.RESULT_INDEX), null);
        try (Stream<BatchResult> ordered = results.inInputOrder()) {
            Iterator<BatchResult> next = ordered.iterator();
            assertThat(next.next().customId()).isEqualTo("a");
            assertThatThrownBy(next::next).isInstanceOf(UncheckedIOException.class).hasMessageContaining(
                    child.file(ChunkFile.RESULT_INDEX).id());
        }
    }

    @Test
    void draftsThatDoNotBecomeResultsAreDeleted() throws IOException {
        try (ResultWriter results = new ResultWriter(files, chunk(1, 0, 2))) {
            results.addPaid(line(PAID, "a"));
            results.moveNext();
            results.addMissing("b");
        }
        assertThat(files.names()).isEmpty();
    }
}
