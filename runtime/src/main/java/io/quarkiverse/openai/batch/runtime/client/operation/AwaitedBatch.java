package io.quarkiverse.openai.batch.runtime.client.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.BatchTimeoutException;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.runtime.client.http.Reply;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings;
import io.quarkiverse.openai.batch.runtime.retry.RetryAfter;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Looks at a batch until it has ended. For one subscription. */
final class AwaitedBatch {

    private static final Logger LOG = Logger.getLogger(AwaitedBatch.class);

    private static final int NOT_FOUND_TIMES = 3;
    private static final Duration LONGEST = Duration.ofDays(3650);

    private final String id;
    private final Supplier<Uni<Reply<Batch>>> retrieve;
    private final ClientSettings settings;
    private final ScheduledExecutorService timers;
    private final Instant start = Instant.now();
    private Duration pause = Duration.ZERO;
    private int notFound;
    private volatile Batch batch;
    private volatile BatchApiException error;

    AwaitedBatch(String id, Supplier<Uni<Reply<Batch>>> retrieve, ClientSettings settings, ScheduledExecutorService timers) {
        this.id = id;
        this.retrieve = retrieve;
        this.settings = settings;
        this.timers = timers;
    }

    Uni<Batch> ended(Duration atMost) {
        Duration bounded = atMost.compareTo(LONGEST) < 0 ? atMost : LONGEST;
        return Multi.createBy().repeating().uni(this::look).whilst(Optional::isEmpty)
                .collect().last().map(Optional::get)
                .ifNoItem().after(bounded).on(timers).failWith(() -> timedOut(atMost));
    }

    /** One look after the pause; empty if the batch has not ended. */
    private Uni<Optional<Batch>> look() {
        Uni<Reply<Batch>> reply = pause.isZero() ? retrieve.get()
                : Uni.createFrom().voidItem().onItem().delayIt().onExecutor(timers).by(pause).chain(() -> retrieve.get());
        return reply.map(this::seen).onFailure(BatchApiException.class)
                .recoverWithUni(failure -> failed((BatchApiException) failure));
    }

    private Optional<Batch> seen(Reply<Batch> reply) {
        batch = reply.value();
        error = null;
        notFound = 0;
        pause = pause(reply.headers());
        return Optional.of(batch).filter(it -> it.status().isTerminal());
    }

    /** Some providers answer 404 for a moment. */
    private Uni<Optional<Batch>> failed(BatchApiException failure) {
        error = failure;
        notFound = failure.isNotFound() ? notFound + 1 : 0;
        boolean passes = failure.isNotFound() ? notFound < NOT_FOUND_TIMES : failure.isTransient();
        if (!passes) {
            return Uni.createFrom().failure(failure);
        }
        pause = pause(failure.headers());
        LOG.infof("Batch %s is looked at again in %d ms: %s", SafeText.of(id, 100), pause.toMillis(), failure.getMessage());
        return Uni.createFrom().item(Optional.empty());
    }

    private Duration pause(Map<String, List<String>> headers) {
        Instant now = Instant.now();
        Instant created = batch == null ? null : batch.createdAt();
        Duration age = created == null ? Duration.between(start, now)
                : Duration.between(created, ServerClock.of(headers, now).at(now).orElse(now));
        Duration interval = settings.polls().after(age);
        return RetryAfter.of(headers, now).map(this::bounded).filter(asked -> asked.compareTo(interval) > 0).orElse(interval);
    }

    private Duration bounded(Duration asked) {
        Duration longest = settings.retry().maxRetryAfter();
        return asked.compareTo(longest) < 0 ? asked : longest;
    }

    private BatchTimeoutException timedOut(Duration atMost) {
        String state = batch == null ? "no look at it succeeded" : "its status is " + SafeText.of(batch.statusText(), 100);
        return new BatchTimeoutException("Batch %s has not ended within %s: %s".formatted(SafeText.of(id, 100), atMost, state),
                batch, error);
    }
}
