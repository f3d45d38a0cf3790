package io.quarkiverse.openai.batch.runtime.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.job.ResultsExpiredException;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.runtime.store.ChunkFile;
import io.quarkiverse.openai.batch.runtime.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.store.ChunkRow.Answers;
import io.quarkiverse.openai.batch.runtime.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.store.JobDirectory;

/** The results of a job, chunk by chunk: from the copies here, or else downloaded again for as long as they are read. */
final class JobResults {

    private static final int GONE = 404;

    private final List<ChunkRow> chunks;
    private final JobDirectory directory;
    private final Supplier<JobClient> client;

    /**
     * @param client only asked for if results are downloaded: copies can be read without a key
     */
    JobResults(List<ChunkRow> chunks, JobDirectory directory, Supplier<JobClient> client) {
        this.chunks = chunks;
        this.directory = directory;
        this.client = client;
    }

    Stream<BatchResult> byCompletion() {
        List<ChunkRow> collected = chunks.stream().filter(JobResults::isCollected)
                .sorted(Comparator.comparing((ChunkRow chunk) -> chunk.waiting().endedAt(), Comparator.nullsLast(
                        Comparator.naturalOrder())))
                .toList();
        return LazyConcat.of(collected, this::ofChunk);
    }

    /** Chunk by chunk of the source, each with what its lines came to in chunks that sent them again. */
    Stream<BatchResult> inInputOrder() {
        List<ChunkRow> roots = chunks.stream().filter(chunk -> chunk.input().parent() == 0).toList();
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
        return chunk.state() == ChunkState.COLLECTED || chunk.state() == ChunkState.DONE;
    }

    private Stream<BatchResult> ofChunk(ChunkRow chunk) {
        Answers answers = chunk.remote().answers();
        try {
            return answers == null || answers.readableUntil() == null ? new ChunkResults(directory, chunk).stream()
                    : downloaded(chunk, answers);
        } catch (IOException e) {
            throw new UncheckedIOException("The results of chunk %s cannot be read".formatted(chunk.id()), e);
        }
    }

    private Stream<BatchResult> downloaded(ChunkRow chunk, Answers answers) throws IOException {
        Path output = directory.draft(chunk.job(), ".output.jsonl");
        Path errors = directory.draft(chunk.job(), ".errors.jsonl");
        try {
            ResultFiles files = new ResultFiles(client.get().files(), false);
            files.download(answers.outputs(), output);
            files.download(answers.errors(), errors);
            return new ChunkResults(directory, chunk, output, errors).stream().onClose(() -> delete(output, errors));
        } catch (BatchApiException e) {
            delete(output, errors);
            throw e.status() == GONE ? expired(chunk, answers, e) : e;
        } catch (IOException | RuntimeException e) {
            delete(output, errors);
            throw e;
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
