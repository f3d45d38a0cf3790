package io.quarkiverse.openai.batch.runtime.job.collect;

import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.BatchError;
import io.quarkiverse.openai.batch.model.BatchRequestCounts;
import io.quarkiverse.openai.batch.model.BatchStatus;
import io.quarkiverse.openai.batch.runtime.job.result.ChunkResults;
import io.quarkiverse.openai.batch.runtime.job.result.Payment;
import io.quarkiverse.openai.batch.runtime.job.result.SyntheticResults;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.ResubmitUnknown;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.Tally;

/**
 * What is concluded of the lines of an ended batch: which are sent again, and what the others have come to. Only lines that
 * were surely not paid for are sent again, and of the others those that the settings say. The provider's counts prove nothing,
 * but veto: if it counts more answers than it gave, lines that may have those are not sent again.
 */
final class ResendDecision {

    private final ChunkRow chunk;
    private final JobRow job;
    private final JobSettings settings;
    private final Batch batch;
    private final LineAccount account;
    private final Map<Integer, BatchError> refusedLines = new HashMap<>();
    private final boolean absentNotRun;
    private final boolean unknownVeto;
    private final boolean veto;

    /**
     * @param batches the batch, and its twins
     */
    ResendDecision(ChunkRow chunk, JobRow job, JobSettings settings, List<Batch> batches, LineAccount account) {
        this.chunk = chunk;
        this.job = job;
        this.settings = settings;
        this.batch = batches.get(0);
        this.account = account;
        long withheld = batches.stream().mapToLong(ResendDecision::completed).max().orElse(0) - account.paid();
        this.unknownVeto = withheld > 0;
        this.veto = withheld > account.unknown();
        this.absentNotRun = batches.stream().allMatch(each -> isCutShort(each, account.paid()));
        if (batch.status() == BatchStatus.FAILED) {
            batch.errors().stream().filter(error -> error.line() != null)
                    .forEach(error -> refusedLines.putIfAbsent(error.line() - 1, error));
        }
    }

    private static long completed(Batch batch) {
        BatchRequestCounts counts = batch.requestCounts();
        return counts == null || counts.completed() == null ? 0 : counts.completed();
    }

    /**
     * Whether lines that no file has were not run: the batch was refused, or ended early and its counts agree with its files.
     */
    private static boolean isCutShort(Batch batch, long paid) {
        boolean early = batch.status() == BatchStatus.EXPIRED || batch.status() == BatchStatus.CANCELLED;
        return batch.status() == BatchStatus.FAILED
                || early && batch.requestCounts() != null && completed(batch) == paid;
    }

    /** Lines that a refused batch takes with it were not sent, so to speak. */
    boolean countsAsAttempt() {
        return batch.status() != BatchStatus.FAILED;
    }

    BitSet resent() {
        BitSet resent = new BitSet(account.lines());
        if (job.isStopped() || countsAsAttempt() && chunk.input().attempt() >= settings.lineAttempts()) {
            return resent;
        }
        for (int line = 0; line < account.lines(); line++) {
            resent.set(line, isResent(line));
        }
        return resent;
    }

    private boolean isResent(int line) {
        if (refusedLines.containsKey(line) || veto) {
            return false;
        }
        return switch (account.payment(line)) {
            case UNPAID -> true;
            case UNKNOWN_ERROR -> !unknownVeto && settings.resubmitUnknown() != ResubmitUnknown.NONE;
            case UNKNOWN_ANSWER -> isNotRun(line) || !unknownVeto && settings.resubmitUnknown() == ResubmitUnknown.ALL;
            case PAID, REFUSED -> false;
        };
    }

    private boolean isNotRun(int line) {
        return absentNotRun && !account.isAnswered(line);
    }

    private boolean mayHaveBeenPaid(int line) {
        return account.payment(line) != Payment.UNPAID && !isNotRun(line);
    }

    void writeUnanswered(SyntheticResults unanswered, BitSet resent) throws IOException {
        for (int line = 0; line < account.lines(); line++) {
            if (!account.isAnswered(line) && !resent.get(line)) {
                write(unanswered, line);
            }
        }
    }

    private void write(SyntheticResults unanswered, int line) throws IOException {
        String id = account.id(line);
        BatchError refused = refusedLines.get(line);
        if (refused != null) {
            unanswered.add(id, refused.code() == null ? "refused" : refused.code(), refused.message());
        } else if (absentNotRun && batch.status() == BatchStatus.EXPIRED) {
            unanswered.add(id, "batch_expired", "The batch expired before the request was run");
        } else if (absentNotRun) {
            unanswered.cancelled(id);
        } else {
            unanswered.missing(id);
        }
    }

    Tally tally(ChunkResults results, BitSet resent) throws IOException {
        long resentUnknown = resent.stream().filter(this::mayHaveBeenPaid).count();
        return results.count().with(resent.cardinality() - resentUnknown, resentUnknown, account.foreign(),
                account.extra() + account.unattributed());
    }
}
