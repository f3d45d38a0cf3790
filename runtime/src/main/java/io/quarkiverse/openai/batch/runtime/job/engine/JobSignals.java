package io.quarkiverse.openai.batch.runtime.job.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Notifies waiting callers that a job has changed. */
public final class JobSignals {

    private final Map<String, CompletableFuture<Void>> next = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Completes at the next change of a job. */
    public CompletableFuture<Void> next(String job) {
        CompletableFuture<Void> signal = next.computeIfAbsent(job, name -> new CompletableFuture<>());
        if (closed) {
            close();
        }
        return signal;
    }

    void changed(String job) {
        CompletableFuture<Void> signal = next.remove(job);
        if (signal != null) {
            signal.complete(null);
        }
    }

    /** Ends all waits. */
    public void close() {
        closed = true;
        List<CompletableFuture<Void>> waiting = new ArrayList<>(next.values());
        next.clear();
        waiting.forEach(signal -> signal.completeExceptionally(
                new CancellationException("The application stops; its next start continues the job")));
    }
}
