package io.quarkiverse.openai.batch.runtime.job.openai;

import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.BatchError;
import io.quarkiverse.openai.batch.model.BatchRequestCounts;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.Counts;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.Reason;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.State;

/** Normalises a batch of OpenAI's protocol. */
final class BatchView {

    private BatchView() {
    }

    static RemoteBatch of(Batch batch) {
        return new RemoteBatch(batch.id(), state(batch), batch.statusText(), batch.inputFileId(), batch.createdAt(),
                batch.expiresAt(), counts(batch.requestCounts()), batch.outputFileId(), batch.errorFileId(),
                batch.errors().stream().map(BatchView::reason).toList());
    }

    private static State state(Batch batch) {
        return switch (batch.status()) {
            case VALIDATING -> State.VALIDATING;
            case IN_PROGRESS, FINALIZING -> State.RUNNING;
            case CANCELLING -> State.CANCELLING;
            case COMPLETED -> State.COMPLETED;
            case EXPIRED -> State.EXPIRED;
            case CANCELLED -> State.CANCELLED;
            case FAILED -> State.FAILED;
            case UNKNOWN -> seemsEnded(batch) ? State.SEEMS_ENDED : State.UNKNOWN;
        };
    }

    private static boolean seemsEnded(Batch batch) {
        Counts counts = counts(batch.requestCounts());
        return batch.completedAt() != null && (batch.outputFileId() != null || batch.errorFileId() != null)
                && counts != null && counts.total() > 0 && counts.completed() + counts.failed() >= counts.total();
    }

    private static Counts counts(BatchRequestCounts counts) {
        return counts == null || counts.completed() == null && counts.failed() == null ? null
                : new Counts(count(counts.total()), count(counts.completed()), count(counts.failed()));
    }

    private static long count(Number count) {
        return count == null ? 0 : Math.max(0, count.longValue());
    }

    private static Reason reason(BatchError error) {
        return new Reason(error.code(), error.message(), error.line() == null ? 0 : Math.max(0, error.line()));
    }
}
