package io.quarkiverse.openai.batch.runtime.job.engine;

import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.FileObject;
import io.quarkiverse.openai.batch.runtime.job.batch.DuplicateBatches;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.ProviderFiles;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

/** Step: ends a job whose chunks are done. */
final class Finish {

    private final JobStore store;
    private final InstantSource clock;

    Finish(JobStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Does nothing while the job has chunks that are not done.
     *
     * @return false if it has to wait for a batch that was created twice and still runs
     */
    boolean run(JobRow job, JobClient client) {
        List<ChunkRow> chunks = store.chunks(job.name());
        if (!job.spooled() || chunks.stream().anyMatch(chunk -> !chunk.state().isTerminal())) {
            return true;
        }
        List<Batch> twins = chunks.stream().flatMap(chunk -> chunk.remote().twins().stream())
                .map(client.batches()::retrieveBatch).toList();
        if (twins.stream().anyMatch(batch -> !batch.status().isTerminal())) {
            DuplicateBatches.cancel(twins, client.batches());
            return false;
        }
        if (client.settings().providerFiles() == ProviderFiles.DELETE && !chunks.isEmpty()) {
            twins.stream().flatMap(Finish::resultFiles)
                    .filter(file -> chunks.stream().noneMatch(chunk -> Retention.keeps(chunk, file)))
                    .forEach(file -> Retention.delete(file, client));
            deleteUploads(chunks, client);
        }
        store.change(job.name(), row -> row.state().isTerminal() ? row
                : row.in(row.isStopped() ? JobState.CANCELLED : JobState.FINISHED, null).endedAt(clock.instant()));
        return true;
    }

    private static Stream<String> resultFiles(Batch batch) {
        return Stream.of(batch.outputFileId(), batch.errorFileId()).filter(Objects::nonNull);
    }

    /** An upload whose answer was lost was done again; such files are known by their names, which are ours alone. */
    private static void deleteUploads(List<ChunkRow> chunks, JobClient client) {
        Set<String> names = chunks.stream().map(chunk -> chunk.input().file()).collect(Collectors.toSet());
        List<FileObject> left;
        try (Stream<FileObject> files = client.files().listAllFiles(client.purpose())) {
            left = files.filter(file -> names.contains(file.filename())).toList();
        }
        left.stream().map(FileObject::id).filter(file -> chunks.stream().noneMatch(chunk -> Retention.keeps(chunk, file)))
                .forEach(file -> Retention.delete(file, client));
    }
}
