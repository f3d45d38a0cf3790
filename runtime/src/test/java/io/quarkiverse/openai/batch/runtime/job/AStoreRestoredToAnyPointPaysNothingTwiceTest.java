package io.quarkiverse.openai.batch.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;

/** The provider has all that the store has lost. */
class AStoreRestoredToAnyPointPaysNothingTwiceTest {

    private static final int LINES = 9;

    @TempDir
    Path folder;

    private RunnerBench bench;

    @Test
    void whateverItHasLostIsFoundByNameAndByFile() {
        int points = 0;
        while (isPaidOnceIfRestoredTo(points)) {
            points++;
        }
        assertThat(points).isGreaterThan(10);
    }

    /** False if there is no such point before the batches run. */
    private boolean isPaidOnceIfRestoredTo(int point) {
        Path root = folder.resolve("jobs-" + point);
        Path copy = folder.resolve("copy-" + point);
        bench = new RunnerBench(root);
        try {
            bench.submit(LINES);
            for (int task = 0; task < point; task++) {
                if (allRun()) {
                    return false;
                }
                runOneTask();
            }
            copy(root, copy);
            bench.until("all run", this::allRun);
            bench.stop();
            delete(root);
            copy(copy, root);
            bench.clock.advance(Duration.ofSeconds(1));
            assertThat(bench.finish().state()).as("point %d", point).isEqualTo(JobState.FINISHED);
            assertThat(bench.report().count(Outcome.SUCCEEDED)).isEqualTo(LINES);
            assertThat(bench.provider.paid()).hasSize(LINES).allSatisfy(
                    (line, times) -> assertThat(times).as("%s after a restore to point %d", line, point).isEqualTo(1));
            return true;
        } finally {
            bench.close();
        }
    }

    private boolean allRun() {
        List<ChunkState> states = bench.chunks().stream().map(chunk -> chunk.state()).toList();
        return !states.isEmpty() && states.stream().allMatch(state -> state == ChunkState.WATCHED);
    }

    private void runOneTask() {
        int[] tasks = { 0 };
        bench.until("a task has run", () -> tasks[0]++ > 0);
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
