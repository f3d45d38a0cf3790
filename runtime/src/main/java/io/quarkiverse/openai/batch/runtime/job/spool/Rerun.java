package io.quarkiverse.openai.batch.runtime.job.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Set;
import java.util.stream.Collectors;

import io.quarkiverse.openai.batch.runtime.job.result.ChunkResults;
import io.quarkiverse.openai.batch.runtime.job.result.LineNumbers;
import io.quarkiverse.openai.batch.runtime.job.result.ResultPart;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

/**
 * Step: sends lines again on request. The numbers of the lines are stored first, so that a restart resumes with the same lines.
 */
public final class Rerun {

    private final JobStore store;
    private final JobDirectory directory;
    private final Resubmission resubmission;

    public Rerun(JobStore store, JobDirectory directory) {
        this.store = store;
        this.directory = directory;
        this.resubmission = new Resubmission(store, directory);
    }

    /** Marks lines of a chunk that is done; nothing is done with them yet. */
    public void mark(ChunkRow chunk, BitSet lines) throws IOException {
        LineNumbers.write(directory, chunk.job(), directory.file(chunk, ChunkFile.RERUN), lines);
    }

    /** Lines that an earlier request marked, and did not send, keep their outcomes. */
    public void abandon(ChunkRow chunk) {
        if (chunk.state() == ChunkState.RERUNNING) {
            store.change(chunk.job(), chunk.number(), row -> row.in(ChunkState.DONE));
        }
    }

    /** From {@link ChunkState#DONE} to RERUNNING. */
    public void begin(ChunkRow chunk) {
        store.change(chunk.job(), chunk.number(), row -> row.in(ChunkState.RERUNNING));
    }

    /**
     * From {@link ChunkState#RERUNNING} to HANDED_OVER; the marked lines move to a chunk of their own. If the job is stopped
     * before, they keep their outcomes.
     */
    public ChunkRow run(ChunkRow chunk, JobRow job) throws IOException {
        Path marks = directory.file(chunk, ChunkFile.RERUN);
        BitSet lines = LineNumbers.read(marks);
        if (!LineNumbers.movedFrom(chunk, store.chunks(chunk.job()), directory).intersects(lines)) {
            if (job.isStopped()) {
                return store.update(chunk.in(ChunkState.HANDED_OVER));
            }
            Set<Integer> failed = chunk.handed().failed().values().stream().flatMap(Set::stream).collect(Collectors.toSet());
            try (ResultPart earlier = ResultPart.copy(directory, chunk, lines, line -> !failed.contains(line))) {
                resubmission.spool(chunk, lines, 1, earlier);
            }
        }
        ChunkRow after = store.update(chunk.in(ChunkState.HANDED_OVER)
                .with(new ChunkResults(directory, chunk).without(lines)).with(chunk.handed().withoutFailures(lines)));
        Files.deleteIfExists(marks);
        return after;
    }
}
