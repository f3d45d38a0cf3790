package io.quarkiverse.openai.batch.runtime.job.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.runtime.job.directory.DirectoryJobStore;
import io.quarkiverse.openai.batch.runtime.job.directory.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.files.Scratch;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobTerms;
import io.quarkiverse.openai.batch.runtime.job.store.JobTerms.Guard;
import io.quarkiverse.openai.batch.runtime.job.store.Rows;
import io.quarkiverse.openai.batch.runtime.job.trace.Traces;
import io.quarkiverse.openai.batch.runtime.job.user.UserCode;

/** Spools jobs into a directory. */
final class SpoolBench implements AutoCloseable {

    final JobDirectory directory;
    final DirectoryJobStore store;
    final Sources sources = new Sources(List.of(), CollectedRequests.NONE);
    Guard guard = Guard.NONE;

    private final Scratch scratch;

    SpoolBench(Path root) {
        scratch = new Scratch(root.resolve("scratch"));
        directory = JobDirectory.open(root);
        store = new DirectoryJobStore(directory, Rows.CLOCK);
    }

    /** Reads the source to its end; a job that is known continues. */
    List<ChunkRow> spool(String job, LineLimits limits, Supplier<Stream<BatchRequest>> source) throws IOException {
        JobTerms terms = new JobTerms("1", "<default>", "account", false, null, 0, Map.of(), null, guard,
                Set.of(), null);
        JobRow row = store.job(job).orElseGet(() -> store.insert(JobRow.submitted(job, terms, Instant.EPOCH)));
        new Spool(store, directory, scratch, new UserCode(Traces.NONE), sources, chunk -> {
        }).run(row, limits, new JobSource(source, false), () -> false);
        return store.chunks(job);
    }

    @Override
    public void close() {
        scratch.close();
        directory.close();
    }
}
