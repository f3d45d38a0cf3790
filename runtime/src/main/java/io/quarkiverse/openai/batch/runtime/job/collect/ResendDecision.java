package io.quarkiverse.openai.batch.runtime.job.collect;

import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.Reason;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.State;
import io.quarkiverse.openai.batch.runtime.job.result.Payment;
import io.quarkiverse.openai.batch.runtime.job.result.ResultWriter;
import io.quarkiverse.openai.batch.runtime.job.result.SyntheticResults;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.ResubmitUnknown;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.Tally;

/**
 * Decides which lines of an ended batch are sent again, and what the others come to. Only lines that were surely not paid for
 * are sent again, and of the others those that the settings say. The provider's counts prove nothing, but veto: if it counts
 * more answers than it gave, lines that may have been answered are not sent again.
 */
final class ResendDecision {

    private final ChunkRow chunk;
    private final JobRow job;
    private final JobSettings settings;
    private final RemoteBatch batch;
    private final LineAccount account;
    private final Judgement judgement;
    private final Map<Integer, Reason> refusedLines = new HashMap<>();
    private final boolean absentNotRun;
    private final boolean unknownVeto;
    private final boolean veto;

    /**
     * @param batches the batch, and its twins
     */
    ResendDecision(ChunkRow chunk, JobRow job, JobSettings settings, List<RemoteBatch> batches, LineAccount account,
            Judgement judgement) {
        this.judgement = judgement;
        this.chunk = chunk;
        this.job = job;
        this.settings = settings;
        this.batch = batches.get(0);
        this.account = account;
        long withheld = batches.stream().mapToLong(RemoteBatch::completed).max().orElse(0) - account.paid();
        this.unknownVeto = withheld > 0;
        this.veto = withheld > account.unknown();
        this.absentNotRun = batches.stream().allMatch(each -> isCutShort(each, account.paid()));
        if (batch.is(State.FAILED)) {
            batch.reasons().stream().filter(reason -> reason.line() > 0)
                    .forEach(reason -> refusedLines.putIfAbsent(reason.line() - 1, reason));
        }
    }

    /**
     * Whether lines that no file has were not run: the batch was refused, or ended early and its counts agree with its files.
     */
    private static boolean isCutShort(RemoteBatch batch, long paid) {
        boolean early = batch.is(State.EXPIRED) || batch.is(State.CANCELLED);
        return isRefused(batch) || (early || batch.is(State.FAILED)) && batch.counts() != null && batch.completed() == paid;
    }

    /** A batch that failed validation ran nothing, so it does not count as an attempt. */
    boolean countsAsAttempt() {
        return !isRefused(batch);
    }

    private static boolean isRefused(RemoteBatch batch) {
        return batch.is(State.FAILED) && !batch.hasRun();
    }

    BitSet resent() {
        BitSet resent = new BitSet(account.lines());
        if (job.isStopped()) {
            return resent;
        }
        boolean last = countsAsAttempt() && chunk.input().attempt() >= settings.lineAttempts();
        for (int line = 0; line < account.lines(); line++) {
            resent.set(line, judgement.isInvalid(line) ? chunk.input().attempt() <= settings.invalid().attempts()
                    : !last && isResent(line));
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

    /** Stores the results of the lines; those of lines that are sent again are for their next chunk. */
    Tally write(ResultWriter results, Stream<String> customIds, BitSet resent) throws IOException {
        Iterator<String> ids = customIds.iterator();
        for (int line = 0; line < account.lines(); line++) {
            write(results, ids.next(), line, resent.get(line));
        }
        long resentInvalid = resent.stream().filter(judgement::isInvalid).count();
        long resentUnknown = resent.stream().filter(line -> !judgement.isInvalid(line) && mayHaveBeenPaid(line)).count();
        return results.tally(account.usage()).with(resent.cardinality() - resentUnknown - resentInvalid, resentUnknown,
                resentInvalid, account.foreign(), account.extra() + account.unattributed())
                .withLongPrompts(account.longPrompts());
    }

    private void write(ResultWriter results, String id, int line, boolean resent) throws IOException {
        Reason refused = refusedLines.get(line);
        if (resent) {
            results.moveNext();
        }
        if (judgement.isInvalid(line)) {
            results.addInvalid(account.result(line));
        } else if (account.payment(line) == Payment.PAID) {
            results.addPaid(account.result(line));
        } else if (account.isAnswered(line)) {
            results.add(account.result(line));
        } else if (refused != null) {
            results.add(SyntheticResults.of(id, refused.code() == null ? "refused" : refused.code(), refused.message()));
        } else if (resent && isRefused(batch)) {
            results.addNothing();
        } else if (absentNotRun && batch.is(State.EXPIRED)) {
            results.add(SyntheticResults.of(id, "batch_expired", "The batch expired before the request was run"));
        } else if (absentNotRun) {
            results.add(SyntheticResults.cancelled(id));
        } else {
            results.addMissing(id);
        }
    }
}
