package io.quarkiverse.openai.batch.runtime.job;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.runtime.job.provider.BatchProvider;
import io.quarkiverse.openai.batch.runtime.job.provider.BatchProvider.RemoteFile;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException.Kind;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.Remote;

/** Deletes all files of a job at its provider. The rows, which know their ids, must still be there. */
final class Erasure {

    private static final Logger LOG = Logger.getLogger(Erasure.class);

    private final JobRow job;
    private final List<ChunkRow> chunks;
    private final BatchProvider provider;

    /**
     * @throws IllegalStateException if the client is for another account
     */
    Erasure(JobRow job, List<ChunkRow> chunks, JobClient client) {
        if (!client.isFor(job)) {
            throw new IllegalStateException(
                    ("Job \"%s\" has its files at the account %s, and its client is for %s. Delete them "
                            + "with a client of that account, and the job with delete()").formatted(job.name(), job.account(),
                                    client.account()));
        }
        this.job = job;
        this.chunks = chunks;
        this.provider = client.provider();
    }

    /**
     * @throws IllegalStateException if a file stays, or a batch may still make one; what was deleted is deleted
     */
    void run() {
        List<RemoteBatch> batches = batches();
        List<String> running = batches.stream().filter(batch -> !batch.hasEnded()).map(RemoteBatch::id).toList();
        if (!running.isEmpty()) {
            throw failure("batches that still run: " + String.join(", ", running), null);
        }
        Set<String> left = new LinkedHashSet<>();
        ProviderException last = null;
        for (String file : files(batches)) {
            try {
                provider.delete(file);
            } catch (ProviderException e) {
                left.add(SafeText.of(file, 100));
                last = e;
            }
        }
        if (last != null) {
            throw failure("files that cannot be deleted: " + String.join(", ", left), last);
        }
    }

    private IllegalStateException failure(String what, ProviderException cause) {
        return new IllegalStateException(("Job \"%s\" has %s%s. The job stays; delete it again later")
                .formatted(job.name(), what, cause == null ? "" : " (" + cause.getMessage() + ")"), cause);
    }

    private Set<String> files(List<RemoteBatch> batches) {
        Stream<String> known = chunks.stream().flatMap(chunk -> Stream.concat(
                Stream.ofNullable(chunk.remote().fileId()), Stream.concat(chunk.remote().left().stream(), results(chunk))));
        return Stream.of(known, batches.stream().flatMap(RemoteBatch::resultFiles), uploads()).flatMap(files -> files)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Stream<String> results(ChunkRow chunk) {
        return chunk.remote().answers() == null ? Stream.empty() : chunk.remote().answers().files().stream();
    }

    /** Those that nobody has read: of twins, and of a job that did not wait for its batches. */
    private List<RemoteBatch> batches() {
        return chunks.stream().map(ChunkRow::remote).peek(this::requireFound)
                .flatMap(remote -> Stream.concat(remote.twins().stream(), remote.mayRun())).distinct().flatMap(this::batch)
                .toList();
    }

    private void requireFound(Remote remote) {
        if (remote.abandoned() && remote.batchId() == null && remote.isRecollectable()) {
            throw failure("a batch that may have been created, from file %s; recollect() looks for it"
                    .formatted(SafeText.of(remote.fileId(), 100)), null);
        }
    }

    private Stream<RemoteBatch> batch(String id) {
        try {
            return Stream.of(provider.retrieve(id));
        } catch (ProviderException e) {
            if (!e.kind().isAbsent()) {
                throw failure("a batch that cannot be retrieved: " + SafeText.of(id, 100), e);
            }
            return Stream.empty();
        }
    }

    /** An upload whose answer was lost was done again; such files are known by their names, which are ours alone. */
    private Stream<String> uploads() {
        if (!provider.capabilities().listing()) {
            return Stream.empty();
        }
        try {
            return provider.files(chunks.stream().map(chunk -> chunk.input().file()).collect(Collectors.toSet())).stream()
                    .map(RemoteFile::id);
        } catch (ProviderException e) {
            if (!e.is(Kind.UNSUPPORTED)) {
                throw failure("files that cannot be listed", e);
            }
            LOG.infof("Files of job %s that were uploaded more than once may stay at the provider: %s", job.name(),
                    e.getMessage());
            return Stream.empty();
        }
    }
}
