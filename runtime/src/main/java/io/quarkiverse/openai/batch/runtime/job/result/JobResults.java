package io.quarkiverse.openai.batch.runtime.job.result;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.job.ResultsExpiredException;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow.Answers;
import io.quarkiverse.openai.batch.runtime.job.store.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.store.Tally;

/** The results of a job, chunk by chunk: from the copies here, or else downloaded again for as long as they are read. */
public final class JobResults {

    private static final int GONE = 404;
    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final List<ChunkRow> chunks;
    private final JobDirectory directory;
    private final Supplier<JobClient> client;

    /**
     * @param client asked for if files must be downloaded
     */
    public JobResults(List<ChunkRow> chunks, JobDirectory directory, Supplier<JobClient> client) {
        this.chunks = chunks;
        this.directory = directory;
        this.client = client;
    }

    public Stream<BatchResult> byCompletion() {
        List<ChunkRow> collected = chunks.stream().filter(JobResults::isCollected)
                .sorted(Comparator.comparing((ChunkRow chunk) -> chunk.waiting().endedAt(), Comparator.nullsLast(
                        Comparator.naturalOrder())))
                .toList();
        return LazyConcat.of(collected, this::ofChunk);
    }

    /** Chunk by chunk of the source, each with what its lines came to in chunks that sent them again. */
    public Stream<BatchResult> inInputOrder() {
        List<ChunkRow> roots = chunks.stream().filter(ChunkRow::isOfSource).toList();
        return LazyConcat.of(roots,
                root -> new InputOrder(directory, root, ids(root), LazyConcat.of(family(root), this::ofChunk))
                        .stream());
    }

    private List<String> ids(ChunkRow root) {
        try {
            return CustomIdLines.read(directory.file(root, ChunkFile.IDS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<ChunkRow> family(ChunkRow root) {
        List<ChunkRow> family = new ArrayList<>(List.of(root));
        for (int i = 0; i < family.size(); i++) {
            int parent = family.get(i).number();
            chunks.stream().filter(chunk -> chunk.input().parent() == parent).forEach(family::add);
        }
        return family;
    }

    private static boolean isCollected(ChunkRow chunk) {
        return chunk.state().isCollected();
    }

    public Stream<BatchResult> ofChunk(ChunkRow chunk) {
        Answers answers = chunk.remote().answers();
        if (answers != null && answers.deleted()) {
            throw new ResultsExpiredException(("The results of chunk %s were handed over and deleted. Set jobs.results to "
                    + "directory to keep them").formatted(chunk.id()), null);
        }
        try {
            Copies copies = copies(chunk);
            return copies.results.stream().onClose(copies::close);
        } catch (IOException e) {
            throw new UncheckedIOException("The results of chunk %s cannot be read".formatted(chunk.id()), e);
        }
    }

    /** Takes the results of these lines away; what is left. */
    public Tally without(ChunkRow chunk, Set<String> ids) throws IOException {
        try (Copies copies = copies(chunk)) {
            copies.results.remove(ids);
            return copies.results.count();
        }
    }

    /**
     * @param drafts files that are deleted when the results are read
     */
    private record Copies(ChunkResults results, Path... drafts) implements AutoCloseable {

        @Override
        public void close() {
            delete(drafts);
        }
    }

    private Copies copies(ChunkRow chunk) throws IOException {
        Answers answers = chunk.remote().answers();
        return answers == null || answers.readableUntil() == null ? new Copies(new ChunkResults(directory, chunk))
                : downloaded(chunk, answers);
    }

    private Copies downloaded(ChunkRow chunk, Answers answers) throws IOException {
        Path output = directory.draft(chunk.job(), ".output.jsonl");
        Path errors = directory.draft(chunk.job(), ".errors.jsonl");
        try {
            download(answers, output, errors);
            return new Copies(new ChunkResults(directory, chunk, output, errors), output, errors);
        } catch (BatchApiException e) {
            delete(output, errors);
            throw e.status() == GONE ? expired(chunk, answers, e) : e;
        } catch (IOException | RuntimeException e) {
            delete(output, errors);
            throw e;
        }
    }

    /** A 404 may be a moment's; so the files are asked for three times before they count as deleted. */
    private void download(Answers answers, Path output, Path errors) throws IOException {
        ResultFiles files = new ResultFiles(client.get().files());
        for (int attempt = 1;; attempt++) {
            try {
                files.download(answers.outputs(), output);
                files.download(answers.errors(), errors);
                return;
            } catch (BatchApiException e) {
                if (e.status() != GONE || attempt == ATTEMPTS) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The reading of results was interrupted");
        }
    }

    private static ResultsExpiredException expired(ChunkRow chunk, Answers answers, BatchApiException e) {
        return new ResultsExpiredException(
                ("The provider has deleted the results of chunk %s; they could be read until about %s. "
                        + "Set jobs.results to directory to keep copies").formatted(chunk.id(), answers.readableUntil()),
                e);
    }

    private static void delete(Path... files) {
        try {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
