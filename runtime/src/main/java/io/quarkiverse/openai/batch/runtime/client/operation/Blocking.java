package io.quarkiverse.openai.batch.runtime.client.operation;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.BatchTimeoutException;
import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.runtime.client.http.CallContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/**
 * Waits for a {@code Uni}. The waiting thread reads the response body itself, which saves a change of threads. An
 * interrupt cancels the call, which resets its request.
 */
public final class Blocking {

    private static final Runnable WAKE_UP = () -> {
    };

    private Blocking() {
    }

    /**
     * @param operation makes the {@code Uni}
     * @throws IllegalStateException if the thread must not block
     * @throws CancellationException if the thread is interrupted; it stays so
     */
    public static <T> T await(CallOptions options, Function<CallContext, Uni<T>> operation) {
        if (!Infrastructure.canCallerThreadBeBlocked()) {
            throw new IllegalStateException("A blocking client was called on an event loop: use its reactive twin,"
                    + " or call it from a worker thread (@Blocking)");
        }
        BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
        CompletableFuture<T> future = operation.apply(new CallContext(options, work::add)).subscribeAsCompletionStage();
        future.whenComplete((value, failure) -> work.add(WAKE_UP));
        try {
            while (!future.isDone()) {
                work.take().run();
            }
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new CancellationException("The call was interrupted");
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        }
    }

    private static RuntimeException unchecked(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof BatchApiException || failure instanceof BatchTimeoutException) {
            failure.addSuppressed(new CalledFrom());
        }
        return failure instanceof RuntimeException exception ? exception : new IllegalStateException(failure);
    }

    /** Shows where a call was made: the exception itself was made on whatever thread the failure came up. */
    private static final class CalledFrom extends Exception {

        private static final long serialVersionUID = 1L;

        CalledFrom() {
            super("called from here");
        }
    }
}
