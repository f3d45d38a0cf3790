package io.quarkiverse.openai.batch.runtime.job.admission;

import java.util.List;
import java.util.Locale;

import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobTerms.Guard;

/**
 * The lines of a job that are tried before the others: its first chunk, and those that send lines of it again. Its number need
 * not be 1, since a halt may lose numbers.
 */
final class Canary {

    private final Guard guard;
    private final List<ChunkRow> chunks;
    private final int first;

    Canary(JobRow job, List<ChunkRow> chunks) {
        this.guard = job.terms().guard();
        this.chunks = chunks;
        this.first = chunks.stream().filter(ChunkRow::isOfSource).mapToInt(ChunkRow::number).findFirst()
                .orElse(0);
    }

    /** Whether the job tries some lines first, and nobody has decided about them yet. */
    static boolean isKept(JobRow job) {
        return job.terms().guard().canary() > 0 && !job.control().canaryAgreed() && !job.isStopped();
    }

    boolean has(ChunkRow chunk) {
        ChunkRow ancestor = chunk;
        while (!ancestor.isOfSource()) {
            int parent = ancestor.input().parent();
            ancestor = chunks.stream().filter(other -> other.number() == parent).findFirst().orElseThrow();
        }
        return ancestor.number() == first;
    }

    /** Whether more of its lines failed than may. */
    boolean hasFailed() {
        return failed() > guard.canaryFailures() * lines();
    }

    /** Whether all its lines have their outcomes, and few enough failed. */
    boolean hasPassed() {
        return isComplete() && !hasFailed();
    }

    /** Whether all its lines have their outcomes. */
    boolean isComplete() {
        return lines() > 0 && chunks.stream().filter(this::has).allMatch(chunk -> chunk.state().isCollected());
    }

    private long lines() {
        return chunks.stream().filter(chunk -> chunk.number() == first).mapToLong(chunk -> chunk.input().lines()).sum();
    }

    private long failed() {
        return chunks.stream().filter(this::has).filter(chunk -> chunk.state().isCollected())
                .mapToLong(chunk -> chunk.tally().unsuccessful()).sum();
    }

    /** What to tell a person. */
    String failure() {
        String errors = String.join(", ", chunks.stream().filter(this::has)
                .flatMap(chunk -> chunk.tally().firstErrors().stream()).distinct().limit(3).toList());
        return String.format(Locale.ROOT,
                "Of the %d lines that were tried first, %d failed (%s), which is more than %.0f %%. The others were not sent. "
                        + "Fix the source and submit it as another version, which starts again; or resume the job to continue as "
                        + "it is; or cancel it",
                lines(), failed(), errors, guard.canaryFailures() * 100);
    }
}
