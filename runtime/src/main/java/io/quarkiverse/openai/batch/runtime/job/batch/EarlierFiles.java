package io.quarkiverse.openai.batch.runtime.job.batch;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.quarkiverse.openai.batch.runtime.job.provider.BatchProvider.RemoteFile;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException.Kind;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

/**
 * Finds the files of chunks that were uploaded before, and whose ids were lost: with the answer, or with what the store had
 * after the point that it was restored to.
 */
final class EarlierFiles {

    private static final Set<ChunkState> SPOOLED = Set.of(ChunkState.SPOOLED);

    private final JobStore store;
    private final Map<String, Listed> listed = new ConcurrentHashMap<>();

    EarlierFiles(JobStore store) {
        this.store = store;
    }

    /**
     * What a client had of chunks that count as not uploaded.
     *
     * @param since after this all files are new
     */
    private record Listed(Instant since, Set<String> names, List<RemoteFile> files) {

        boolean tells(Instant time, String name) {
            return since.equals(time) && names.contains(name);
        }
    }

    Optional<String> find(ChunkRow chunk, JobRow job, JobClient client) {
        if (!client.provider().capabilities().listing()) {
            return Optional.empty();
        }
        if (chunk.state() == ChunkState.UPLOADING) {
            return first(files(Set.of(chunk.input().file()), client), chunk);
        }
        Instant since = store.look(job.client()).forgottenAt();
        if (since == null || !job.createdAt().isBefore(since)) {
            return Optional.empty();
        }
        return first(listed.compute(job.client(), (name, before) -> before != null
                && before.tells(since, chunk.input().file()) ? before : list(name, since, client)).files, chunk);
    }

    private Listed list(String name, Instant since, JobClient client) {
        Set<String> names = store.ofClient(name, SPOOLED).stream().map(chunk -> chunk.input().file())
                .collect(Collectors.toSet());
        return new Listed(since, names, files(names, client));
    }

    private static List<RemoteFile> files(Set<String> names, JobClient client) {
        try {
            return client.provider().files(names);
        } catch (ProviderException e) {
            if (e.is(Kind.UNSUPPORTED)) {
                return List.of();
            }
            throw e;
        }
    }

    private static Optional<String> first(List<RemoteFile> files, ChunkRow chunk) {
        return files.stream().filter(file -> chunk.input().file().equals(file.name()) && file.bytes() != null
                && file.bytes() == chunk.input().bytes()).map(RemoteFile::id).findFirst();
    }
}
