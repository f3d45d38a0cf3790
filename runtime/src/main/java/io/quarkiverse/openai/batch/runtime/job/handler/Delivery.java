package io.quarkiverse.openai.batch.runtime.job.handler;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod.Around;
import io.quarkiverse.openai.batch.runtime.job.result.StoredResult;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore.UncommittedException;
import io.quarkiverse.openai.batch.runtime.job.user.UserCode;
import io.quarkiverse.openai.batch.runtime.job.user.UserCode.Kind;
import io.quarkiverse.openai.batch.runtime.job.user.UserCodeException;

/** Calls a handler with results of a chunk. */
final class Delivery {

    private final UserCode user;
    private final HandlerMethod handler;
    private final ChunkRow chunk;
    private final JobStore store;

    Delivery(JobStore store, UserCode user, HandlerMethod handler, ChunkRow chunk) {
        this.store = store;
        this.user = user;
        this.handler = handler;
        this.chunk = chunk;
    }

    /** Whether what the handler writes and how far it is are one transaction. */
    boolean isTransactional() {
        return handler.transactional() && store.isTransactional();
    }

    /**
     * Whether the handler takes results, in so many calls at most.
     *
     * @param checkpoint is stored with what the handler writes, where both are one transaction
     * @throws CancellationException if the process stops meanwhile, or the chunk was given to another call
     */
    boolean isTaken(List<StoredResult> stored, int calls, UnaryOperator<ChunkRow> checkpoint) {
        Around around = isTransactional() ? call -> store.change(chunk.job(), chunk.number(), call::run, checkpoint)
                : Around.NOTHING;
        // one that was given up may have set aside lines that are not the handler's
        List<BatchResult> results = stored.stream().map(StoredResult::result)
                .filter(result -> handler.outcomes().include(result.outcome())).toList();
        if (results.isEmpty()) {
            return true;
        }
        for (int call = 1; call <= calls; call++) {
            try {
                user.call(Kind.HANDLER, chunk.id(), () -> {
                    handler.handle(chunk.job(), results, around);
                    return null;
                });
                return true;
            } catch (UserCodeException e) {
                if (e.getCause() instanceof UncommittedException uncommitted) {
                    if (uncommitted.why() instanceof TakenBeforeException) {
                        return true;
                    }
                    throw uncommitted.why();
                }
                user.log(e, "%s failed at %d lines from %s on of job %s, in call %d of %d".formatted(handler.id(),
                        results.size(), SafeText.of(results.get(0).customId(), 64), chunk.job(), call, calls));
            }
        }
        return false;
    }
}
