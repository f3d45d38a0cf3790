package io.quarkiverse.openai.batch.runtime.job.admission;

import java.util.List;
import java.util.function.Predicate;

import io.quarkiverse.openai.batch.job.JobReport.Question;
import io.quarkiverse.openai.batch.job.Prices;
import io.quarkiverse.openai.batch.runtime.job.setup.PauseException;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

/**
 * Whether lines of a job may be sent at all: not before its source was read to the end, where that is asked for, its
 * expected cost is known, and its canary has passed.
 */
public final class SendGate {

    private final JobStore store;

    public SendGate(JobStore store) {
        this.store = store;
    }

    /**
     * Whether a spooled chunk may be uploaded.
     *
     * @throws PauseException if the job is expected to spend more than it may
     */
    public boolean isGiven(ChunkRow chunk, JobRow job, Prices prices) {
        if (!isCheckedFirst(job) && !Canary.isKept(job)) {
            return true;
        }
        List<ChunkRow> chunks = store.chunks(job.name());
        Budget budget = new Budget(job, chunks, prices);
        if (isEstimated(job) && job.spooled() && isUnsent(chunks) && budget.isExpectedOver()) {
            throw new PauseException(budget.expectation(), Question.ESTIMATE, job);
        }
        return foreseen(job, chunks).test(chunk);
    }

    /** Which chunks of a job may be sent next, apart from its estimate. */
    public static Predicate<ChunkRow> foreseen(JobRow job, List<ChunkRow> chunks) {
        boolean read = isRead(job, chunks);
        Canary canary = Canary.isKept(job) ? new Canary(job, chunks) : null;
        boolean all = canary == null || canary.hasPassed();
        return chunk -> chunk.state() != ChunkState.SPOOLED || read && (all || canary.has(chunk));
    }

    /** Whether as much of the source was read as must be before anything is sent. */
    static boolean isRead(JobRow job, List<ChunkRow> chunks) {
        return !isCheckedFirst(job) || job.spooled() || !isUnsent(chunks);
    }

    /** Whether the source is read to its end before anything is uploaded. */
    private static boolean isCheckedFirst(JobRow job) {
        return job.terms().checkFirst() || isEstimated(job);
    }

    /** Whether the expected cost of a job matters. */
    private static boolean isEstimated(JobRow job) {
        return job.terms().guard().hasLimit() && !job.control().estimateAgreed();
    }

    /** Whether nothing of a job was sent. */
    static boolean isUnsent(List<ChunkRow> chunks) {
        return chunks.stream().allMatch(chunk -> chunk.state() == ChunkState.SPOOLED);
    }

    /**
     * Whether the answers of a collected chunk may be handed over: those of a canary only when nothing of it is under way, so
     * that nothing is either when another version takes its place.
     *
     * @throws PauseException if it is of a canary that failed
     */
    public boolean isDecided(ChunkRow chunk, JobRow job) {
        if (!Canary.isKept(job)) {
            return true;
        }
        Canary canary = new Canary(job, store.chunks(job.name()));
        if (!canary.has(chunk)) {
            return true;
        }
        if (canary.isComplete() && canary.hasFailed()) {
            throw new PauseException(canary.failure(), Question.CANARY, job);
        }
        return canary.isComplete();
    }
}
