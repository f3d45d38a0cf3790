package io.quarkiverse.openai.batch.runtime.job.spool;

import java.io.IOException;
import java.util.BitSet;
import java.util.Set;
import java.util.stream.Collectors;

import io.quarkiverse.openai.batch.runtime.job.files.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFiles;
import io.quarkiverse.openai.batch.runtime.job.files.FileOutput;
import io.quarkiverse.openai.batch.runtime.job.files.StoredFile;
import io.quarkiverse.openai.batch.runtime.job.result.ChunkResults;
import io.quarkiverse.openai.batch.runtime.job.result.LineNumbers;
import io.quarkiverse.openai.batch.runtime.job.result.ResultPart;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

/**
 * Step: sends lines again on request. The numbers of the lines are stored first, so that a restart resumes with the same lines.
 */
public final class Rerun {

    private final JobStore store;
    private final ChunkFiles files;
    private final Resubmission resubmission;

    public Rerun(JobStore store, ChunkFiles files) {
        this.store = store;
        this.files = files;
        this.resubmission = new Resubmission(store, files);
    }

    /** Lines that an earlier request marked, and did not send, keep their outcomes. */
    public void abandon(ChunkRow chunk) {
        if (chunk.state() == ChunkState.RERUNNING) {
            store.change(chunk.job(), chunk.number(), row -> row.in(ChunkState.DONE).without(ChunkFile.RERUN));
        }
    }

    /** From {@link ChunkState#DONE} to RERUNNING, with the lines marked. */
    public void begin(ChunkRow chunk, BitSet lines) throws IOException {
        try (FileOutput out = LineNumbers.write(files, chunk.job(), ChunkFile.RERUN, lines)) {
            StoredFile marks = out.finish();
            store.change(chunk.job(), chunk.number(), row -> row.in(ChunkState.RERUNNING).with(ChunkFile.RERUN, marks));
        }
    }

    /**
     * From {@link ChunkState#RERUNNING} to HANDED_OVER; the marked lines move to a chunk of their own. If the job is stopped
     * before, they keep their outcomes.
     */
    public ChunkRow run(ChunkRow chunk, JobRow job) throws IOException {
        BitSet lines = LineNumbers.read(files, chunk, ChunkFile.RERUN);
        if (!LineNumbers.movedFrom(chunk, store.chunks(chunk.job()), files).intersects(lines)) {
            if (job.isStopped()) {
                return store.update(chunk.in(ChunkState.HANDED_OVER).without(ChunkFile.RERUN));
            }
            Set<Integer> failed = chunk.handed().failed().values().stream().flatMap(Set::stream).collect(Collectors.toSet());
            try (ResultPart earlier = ResultPart.copy(files, chunk, lines, line -> !failed.contains(line))) {
                resubmission.spool(chunk, lines, 1, earlier, LineChange.NONE);
            }
        }
        return store.update(chunk.in(ChunkState.HANDED_OVER).without(ChunkFile.RERUN)
                .with(new ChunkResults(files, chunk).without(lines)).with(chunk.handed().withoutFailures(lines)));
    }
}
