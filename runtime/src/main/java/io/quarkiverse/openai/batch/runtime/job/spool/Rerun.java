package io.quarkiverse.openai.batch.runtime.job.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.runtime.job.handler.FailedDeliveries;
import io.quarkiverse.openai.batch.runtime.job.result.CustomIdLines;
import io.quarkiverse.openai.batch.runtime.job.result.JobResults;
import io.quarkiverse.openai.batch.runtime.job.result.ResultFiles;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.Tally;

/**
 * Step: sends lines again that had their outcomes, as was asked for. Which lines these are is in a file before it begins; so
 * after a crash it goes on with the same.
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

    /**
     * Marks lines of a chunk that is done; nothing is done with them yet.
     *
     * @return how many
     */
    public long mark(ChunkRow chunk, Stream<BatchResult> results, Predicate<BatchResult> which) throws IOException {
        List<String> ids = results.filter(which).map(BatchResult::customId).toList();
        if (!ids.isEmpty()) {
            Path draft = directory.draft(chunk.job(), ChunkFile.RERUN.name());
            Files.write(draft, ids.stream().map(CustomIdLines::encode).toList());
            Files.move(draft, directory.file(chunk, ChunkFile.RERUN), StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
        return ids.size();
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
     * From {@link ChunkState#RERUNNING} to HANDED_OVER; the marked lines go on in a chunk of their own. If the job is stopped
     * before, they keep their outcomes.
     */
    public ChunkRow run(ChunkRow chunk, JobRow job, JobClient client) throws IOException {
        Path marks = directory.file(chunk, ChunkFile.RERUN);
        Set<String> marked = new HashSet<>(CustomIdLines.read(marks));
        if (!isSpooled(chunk, marked)) {
            if (job.isStopped()) {
                return store.update(chunk.in(ChunkState.HANDED_OVER));
            }
            spool(chunk, marked, client);
        }
        Tally left = new JobResults(store.chunks(chunk.job()), directory, () -> client).without(chunk, marked);
        FailedDeliveries failed = new FailedDeliveries(directory.file(chunk, ChunkFile.HANDLER_FAILED));
        failed.remove(marked);
        ChunkRow after = store.update(chunk.in(ChunkState.HANDED_OVER).with(left.after(chunk.tally()))
                .with(chunk.handed().withFailed(failed.count())));
        Files.deleteIfExists(marks);
        return after;
    }

    /** A line is in one chunk at a time; so one of the marked ones tells. */
    private boolean isSpooled(ChunkRow chunk, Set<String> marked) throws IOException {
        for (ChunkRow other : store.chunks(chunk.job())) {
            if (other.input().parent() == chunk.number()
                    && marked.contains(CustomIdLines.read(directory.file(other, ChunkFile.IDS)).get(0))) {
                return true;
            }
        }
        return false;
    }

    private void spool(ChunkRow chunk, Set<String> marked, JobClient client) throws IOException {
        Path requests = directory.file(chunk, ChunkFile.REQUESTS);
        if (!Files.exists(requests)) {
            new ResultFiles(client.files()).download(List.of(chunk.remote().fileId()), requests);
        }
        List<String> ids = CustomIdLines.read(directory.file(chunk, ChunkFile.IDS));
        BitSet lines = new BitSet(ids.size());
        for (int line = 0; line < ids.size(); line++) {
            lines.set(line, marked.contains(ids.get(line)));
        }
        resubmission.spool(chunk, ids, lines, 1);
    }
}
