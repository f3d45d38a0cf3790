package io.quarkiverse.openai.batch.runtime.job.handler;

import java.util.List;
import java.util.concurrent.CancellationException;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkiverse.openai.batch.runtime.job.result.StoredResult;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.user.UserCode;
import io.quarkiverse.openai.batch.runtime.job.user.UserCode.Kind;
import io.quarkiverse.openai.batch.runtime.job.user.UserCodeException;

/** Calls a handler with results of a chunk. */
final class Delivery {

    private final UserCode user;
    private final HandlerMethod handler;
    private final ChunkRow chunk;

    Delivery(UserCode user, HandlerMethod handler, ChunkRow chunk) {
        this.user = user;
        this.handler = handler;
        this.chunk = chunk;
    }

    /**
     * Whether the handler takes results, in so many calls at most.
     *
     * @throws CancellationException if the process stops meanwhile
     */
    boolean isTaken(List<StoredResult> stored, int calls) {
        List<BatchResult> results = stored.stream().map(StoredResult::result).toList();
        for (int call = 1; call <= calls; call++) {
            try {
                user.call(Kind.HANDLER, chunk.id(), () -> {
                    handler.handle(chunk.job(), results);
                    return null;
                });
                return true;
            } catch (UserCodeException e) {
                user.log(e, "%s failed at %d lines from %s on of job %s, in call %d of %d".formatted(handler.id(),
                        results.size(), SafeText.of(results.get(0).customId(), 64), chunk.job(), call, calls));
            }
        }
        return false;
    }
}
