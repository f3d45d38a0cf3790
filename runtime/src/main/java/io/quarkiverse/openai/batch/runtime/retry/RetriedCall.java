package io.quarkiverse.openai.batch.runtime.retry;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;

import jakarta.enterprise.util.TypeLiteral;

import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;
import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.BatchApiException.Details;
import io.quarkiverse.openai.batch.RetryOptions;
import io.smallrye.faulttolerance.api.Guard;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;

/**
 * One call with its attempts, retried by a {@link Guard}. A guard does not pass cancellation to the guarded action, so the
 * subscription of the running attempt is kept and cancelled here.
 */
public final class RetriedCall<T> {

    private static final Logger LOG = Logger.getLogger(RetriedCall.class);

    private final String name;
    private final RetryOptions options;
    private final RetryRule rule;
    private final Deadline deadline;
    private final Function<Deadline, Uni<T>> attempt;
    private int attempts;
    private boolean cancelled;
    private Cancellable running;
    private Throwable lastFailure;

    /**
     * @param name the operation, for the log
     * @param attempt makes an attempt, which fails with an {@link AttemptFailure} if another one may be made
     */
    public RetriedCall(String name, RetryOptions options, Function<Deadline, Uni<T>> attempt) {
        this.name = name;
        this.options = options;
        this.rule = new RetryRule(options);
        this.deadline = new Deadline(options.maxElapsedTime());
        this.attempt = attempt;
    }

    /** How often the request was sent so far. */
    public synchronized int attempts() {
        return attempts;
    }

    public Deadline deadline() {
        return deadline;
    }

    /**
     * The exception for users.
     *
     * @param failure the last one
     * @param make makes it of a message that holds no text of the response, and its details
     */
    public <E extends BatchApiException> E exception(AttemptFailure failure, BiFunction<String, Details, E> make) {
        int count = attempts();
        Duration elapsed = deadline.elapsed();
        String summary = "%s, after %d %s in %d ms".formatted(failure.reason(), count, count == 1 ? "attempt" : "attempts",
                elapsed.toMillis());
        return make.apply(summary, new Details(failure.status(), failure.headers(), failure.error(), failure.bodyStart(),
                count, elapsed));
    }

    /**
     * Must be called once. The first attempt needs no guard, since most calls have no other one.
     *
     * @param repetition whether the operation allows another attempt after a failure
     */
    public Uni<T> run(Function<AttemptFailure, Repetition> repetition) {
        started();
        Uni<T> first = attempt.apply(deadline);
        return options.maxRetries() == 0 ? first
                : first.onFailure(AttemptFailure.class).recoverWithUni(failure -> repeated(failure, repetition));
    }

    /** The guard sees the failure of the first attempt as that of its own first one. */
    private Uni<T> repeated(Throwable failure, Function<AttemptFailure, Repetition> repetition) {
        lastFailure = failure;
        AtomicReference<Uni<T>> first = new AtomicReference<>(Uni.createFrom().failure(failure));
        Guard guard = guard(repetition);
        return Uni.createFrom().emitter(emitter -> {
            emitter.onTermination(this::cancel);
            guard.get(() -> Objects.requireNonNullElseGet(first.getAndSet(null), this::again), new TypeLiteral<Uni<T>>() {
            }).subscribe().with(emitter::complete, thrown -> emitter.fail(isOverdue(thrown) ? lastFailure : thrown));
        });
    }

    /** Whether the guard gave up by its clock, as after a pause of the process: then the last failure says why. */
    private static boolean isOverdue(Throwable thrown) {
        return thrown instanceof FaultToleranceException;
    }

    private Guard guard(Function<AttemptFailure, Repetition> repetition) {
        Backoff backoff = new Backoff(options, deadline);
        return Guard.create().withRetry()
                .maxRetries(options.maxRetries())
                .maxDuration(Math.max(1, deadline.remaining().toMillis()), ChronoUnit.MILLIS)
                .whenException(failure -> failure instanceof AttemptFailure failed && !backoff.isUsedUp()
                        && isRepeated(failed, repetition.apply(failed)))
                .withCustomBackoff().strategy(() -> backoff).done()
                .done().build();
    }

    private boolean isRepeated(AttemptFailure failure, Repetition repetition) {
        return switch (repetition) {
            case NEVER -> false;
            case AS_CONFIGURED -> rule.allows(failure);
            case ALWAYS -> true;
        };
    }

    private synchronized void started() {
        attempts++;
    }

    private Uni<T> again() {
        return Uni.createFrom().emitter(emitter -> {
            synchronized (this) {
                if (cancelled) {
                    emitter.fail(new CancellationException());
                    return;
                }
                started();
                LOG.infof("%s: attempt %d of %d, %d ms after the start, because of %s", name, attempts,
                        options.maxRetries() + 1, deadline.elapsed().toMillis(), lastFailure.getMessage());
            }
            follow(emitter);
        });
    }

    private void follow(UniEmitter<? super T> emitter) {
        Cancellable subscription = attempt.apply(deadline).subscribe().with(emitter::complete, failure -> {
            synchronized (this) {
                lastFailure = failure;
            }
            emitter.fail(failure);
        });
        emitter.onTermination(subscription::cancel);
        synchronized (this) {
            running = subscription;
            if (!cancelled) {
                return;
            }
        }
        subscription.cancel();
    }

    private void cancel() {
        Cancellable toCancel;
        synchronized (this) {
            cancelled = true;
            toCancel = running;
        }
        if (toCancel != null) {
            toCancel.cancel();
        }
    }
}
