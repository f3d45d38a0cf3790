package io.quarkiverse.openai.batch.runtime.job.result;

import java.io.IOException;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFiles;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;

/** Reads the results of a job, chunk by chunk. A line that moved to another chunk has its result there, the earlier one too. */
public final class JobResults {

    private final List<ChunkRow> chunks;
    private final ChunkFiles files;

    public JobResults(List<ChunkRow> chunks, ChunkFiles files) {
        this.chunks = chunks;
        this.files = files;
    }

    public Stream<BatchResult> byCompletion() {
        List<ChunkRow> collected = chunks.stream().filter(ChunkResults::exist)
                .sorted(Comparator.comparing((ChunkRow chunk) -> chunk.waiting().endedAt(), Comparator.nullsLast(
                        Comparator.naturalOrder())))
                .toList();
        return ChunkByChunk.of(collected, this::open);
    }

    public Stream<BatchResult> inInputOrder() {
        return ChunkByChunk.of(chunks.stream().filter(ChunkRow::isOfSource).toList(),
                chunk -> new InputOrder(chunk, chunks, files));
    }

    /** The lines of a chunk whose results match. */
    public BitSet lines(ChunkRow chunk, Predicate<BatchResult> which) throws IOException {
        BitSet lines = new BitSet();
        try (StoredResults results = open(chunk)) {
            results.forEachRemaining(result -> lines.set(result.line(), which.test(result.result())));
        }
        return lines;
    }

    /** The lines of a chunk whose results have these outcomes; known also if the results were deleted. */
    public BitSet lines(ChunkRow chunk, Set<Outcome> outcomes) throws IOException {
        BitSet lines = new ChunkResults(files, chunk).lines(outcomes);
        lines.andNot(LineNumbers.movedFrom(chunk, chunks, files));
        return lines;
    }

    private StoredResults open(ChunkRow chunk) throws IOException {
        BitSet moved = LineNumbers.movedFrom(chunk, chunks, files);
        return new ChunkResults(files, chunk).open(0, line -> !moved.get(line));
    }
}
