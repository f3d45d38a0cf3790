package io.quarkiverse.openai.batch.runtime.client.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.jboss.resteasy.reactive.RestResponse;

import io.quarkiverse.openai.batch.runtime.retry.AttemptFailure;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/**
 * One request on its way. It ends once: with a reply, a failure, its time-out or its cancellation, and the last two reset the
 * request. Whatever comes later is let go, where Mutiny's own operators would report it as a dropped error.
 */
final class Attempt<B, T> {

    private final WireRequest request;
    private final BodyReader<B, T> answer;
    private final Executor reader;
    private final UniEmitter<? super Reply<T>> emitter;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile ScheduledFuture<?> timer;

    private Attempt(WireRequest request, BodyReader<B, T> answer, Executor reader, UniEmitter<? super Reply<T>> emitter) {
        this.request = request;
        this.answer = answer;
        this.reader = reader;
        this.emitter = emitter;
    }

    /**
     * @param send sends the request; what it gives is never cancelled, the request is abandoned instead
     * @param answer makes the reply of the response
     * @param reader where that is done
     * @param timeout until there is a reply
     */
    static <B, T> Uni<Reply<T>> of(WireRequest request, Supplier<CompletionStage<RestResponse<B>>> send,
            BodyReader<B, T> answer,
            Executor reader, Duration timeout, ScheduledExecutorService timers) {
        return Uni.createFrom().emitter(emitter -> {
            Attempt<B, T> attempt = new Attempt<>(request, answer, reader, emitter);
            attempt.timer = timers.schedule(() -> attempt.timedOut(timeout), timeout.toMillis(), TimeUnit.MILLISECONDS);
            emitter.onTermination(attempt::cancelled);
            sent(send).whenComplete((response, failure) -> attempt.onReader(
                    failure == null ? () -> attempt.read(response) : () -> attempt.failed(failure)));
        });
    }

    private static <R> CompletionStage<R> sent(Supplier<CompletionStage<R>> send) {
        try {
            return send.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void onReader(Runnable task) {
        try {
            reader.execute(task);
        } catch (RuntimeException noReaderAnyMore) {
            request.abandon();
            failed(noReaderAnyMore);
        }
    }

    private void read(RestResponse<B> response) {
        Reply<T> reply;
        try {
            reply = ResponseReader.read(answer, response, request);
        } catch (Throwable e) {
            failed(e);
            return;
        }
        if (end()) {
            emitter.complete(reply);
        } else {
            reply.discard();
        }
    }

    private void failed(Throwable failure) {
        if (end()) {
            emitter.fail(failure instanceof AttemptFailure ? failure : ResponseReader.failure(answer, failure, request));
        }
    }

    private void timedOut(Duration timeout) {
        if (end()) {
            request.abandon();
            AttemptFailure failure = AttemptFailure.unanswered("no answer within " + timeout.toMillis() + " ms", null,
                    request.isSent());
            onReader(() -> emitter.fail(failure));
        }
    }

    private void cancelled() {
        if (end()) {
            request.abandon();
        }
    }

    /** True for the first one to call it. */
    private boolean end() {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        ScheduledFuture<?> pending = timer;
        if (pending != null) {
            pending.cancel(false);
        }
        return true;
    }
}
