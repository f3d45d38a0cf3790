package io.quarkiverse.openai.batch.runtime.job.directory;

import static io.quarkiverse.openai.batch.runtime.job.store.Rows.chunk;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.job;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.openai.batch.runtime.job.files.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.files.FileOutput;
import io.quarkiverse.openai.batch.runtime.job.files.ForgetfulDisk;
import io.quarkiverse.openai.batch.runtime.job.files.ForgetfulDisk.PowerLoss;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.Rows;

class ALossOfPowerLeavesTheOldStateOrTheNewTest {

    private static final int SEEDS = 8;

    @TempDir
    Path temporary;

    private interface Step {

        void run(JobDirectory directory, JobStore store) throws IOException;
    }

    private static final List<Step> STEPS = List.of(
            (directory, store) -> store.insert(job("a")),
            (directory, store) -> spool(directory, store, "one"),
            (directory, store) -> store.change("a", 1, row -> row.in(ChunkState.UPLOADING)),
            (directory, store) -> spool(directory, store, "two"),
            (directory, store) -> store.change("a", JobRow::withSpooled),
            (directory, store) -> add(directory, store, ChunkFile.RESULTS, "answers"),
            (directory, store) -> add(directory, store, ChunkFile.RESULTS, "other answers"),
            (directory, store) -> add(directory, store, ChunkFile.RERUN, "1"),
            (directory, store) -> store.change("a", 1, row -> row.without(ChunkFile.RERUN)),
            (directory, store) -> store.dropChunks("a"),
            (directory, store) -> spool(directory, store, "three"),
            (directory, store) -> store.delete(store.job("a").orElseThrow()),
            (directory, store) -> store.insert(job("a")),
            (directory, store) -> spool(directory, store, "four"));

    private static void spool(JobDirectory directory, JobStore store, String lines) throws IOException {
        try (FileOutput requests = output(directory, ChunkFile.REQUESTS, lines);
                FileOutput ids = output(directory, ChunkFile.IDS, "ids of " + lines)) {
            store.insert(chunk("a", 0).with(ChunkFile.REQUESTS, requests.finish()).with(ChunkFile.IDS, ids.finish()));
        }
    }

    private static void add(JobDirectory directory, JobStore store, ChunkFile kind, String content) throws IOException {
        try (FileOutput out = output(directory, kind, content)) {
            ChunkRow chunk = store.chunk("a", 1).orElseThrow();
            store.update(chunk.with(kind, out.finish()));
        }
    }

    private static FileOutput output(JobDirectory directory, ChunkFile kind, String content) throws IOException {
        FileOutput out = FileOutput.of(directory, "a", kind);
        out.write(content.getBytes(StandardCharsets.UTF_8));
        return out;
    }

    /** All that is stored, with what is in the files. */
    private static String describe(JobDirectory directory, JobStore store) throws IOException {
        StringBuilder all = new StringBuilder();
        for (JobRow job : store.jobs()) {
            all.append(job.name()).append(" v").append(job.version()).append(' ').append(job.reading()).append('\n');
            for (ChunkRow chunk : store.chunks(job.name())) {
                TreeMap<ChunkFile, String> files = new TreeMap<>();
                for (ChunkFile kind : chunk.files().keySet()) {
                    try (InputStream in = directory.open(job.name(), chunk.file(kind))) {
                        files.put(kind, new String(in.readAllBytes(), StandardCharsets.UTF_8));
                    }
                }
                all.append(chunk.id()).append(" v").append(chunk.version()).append(' ').append(chunk.state()).append(files)
                        .append('\n');
            }
        }
        return all.toString();
    }

    private static String reopened(Path root) throws IOException {
        try (JobDirectory directory = JobDirectory.open(root)) {
            return describe(directory, new DirectoryJobStore(directory, Rows.CLOCK));
        }
    }

    @Test
    void atEachWrite() throws IOException {
        List<String> states = new ArrayList<>();
        try (JobDirectory directory = JobDirectory.open(temporary.resolve("all"))) {
            JobStore store = new DirectoryJobStore(directory, Rows.CLOCK);
            states.add(describe(directory, store));
            for (Step step : STEPS) {
                step.run(directory, store);
                states.add(describe(directory, store));
            }
        }
        assertThat(reopened(temporary.resolve("all"))).isEqualTo(states.get(STEPS.size()));
        states.add(states.get(STEPS.size()));
        int operations = 0;
        for (int complete = 0; complete < STEPS.size(); operations++) {
            Path root = Files.createDirectory(temporary.resolve("before-" + operations));
            ForgetfulDisk disk = new ForgetfulDisk(operations);
            complete = runUntilTheLoss(root, disk);
            for (int seed = 0; seed < SEEDS; seed++) {
                Path after = Files.createDirectory(temporary.resolve("after-" + operations + "-" + seed));
                disk.restore(root, after, new Random(seed));
                assertThat(reopened(after)).as("after %d operations, seed %d", operations, seed)
                        .isIn(states.get(complete), states.get(complete + 1));
            }
        }
        assertThat(operations).isGreaterThan(100);
    }

    private static int runUntilTheLoss(Path root, ForgetfulDisk disk) throws IOException {
        int complete = 0;
        try (JobDirectory directory = JobDirectory.open(root, disk)) {
            JobStore store = new DirectoryJobStore(directory, Rows.CLOCK);
            for (Step step : STEPS) {
                step.run(directory, store);
                complete++;
            }
        } catch (PowerLoss lost) {
            // what is left is read again
        }
        return complete;
    }
}
