package io.quarkiverse.openai.batch.runtime.client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.RetryOptions;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.runtime.retry.Deadline;
import io.smallrye.mutiny.Uni;

/**
 * Looks through the listing for the batch of a submission, until the batches are older than the submission by ten minutes, by
 * the server's own clock.
 */
final class SubmissionSearch {

    private static final Duration MARGIN = Duration.ofMinutes(10);

    private final BatchOperations batches;

    SubmissionSearch(BatchOperations batches) {
        this.batches = batches;
    }

    /** One reading; empty if the listing does not show the batch. */
    Uni<Optional<Batch>> once(SubmissionId id, CallOptions options, Executor reader) {
        return from(null, id, new Listing.Cursor(), options.retry(RetryOptions.backoff()), reader);
    }

    /** Readings until the batch is found, the last one not before the time has passed. */
    Uni<Optional<Batch>> untilSettled(SubmissionId id, Duration settle, CallOptions options, Executor reader) {
        Duration pause = Duration.ofMillis(Math.max(50, Math.min(1_000, settle.toMillis() / 10)));
        return again(id, new Deadline(settle), pause, options, reader);
    }

    private Uni<Optional<Batch>> again(SubmissionId id, Deadline settle, Duration pause, CallOptions options,
            Executor reader) {
        boolean last = settle.remaining().isZero();
        return once(id, options, reader).chain(found -> found.isPresent() || last
                ? Uni.createFrom().item(found)
                : Uni.createFrom().voidItem().onItem().delayIt().by(pause)
                        .chain(() -> again(id, settle, pause, options, reader)));
    }

    private Uni<Optional<Batch>> from(String position, SubmissionId id, Listing.Cursor cursor, CallOptions options,
            Executor reader) {
        return batches.listBatches(position, 100, options, reader).chain(reply -> {
            Page<Batch> page = Page.of(reply.value());
            Optional<Batch> found = page.items().stream().filter(batch -> isOf(batch, id)).findFirst();
            if (found.isPresent() || page.next() == null || isPast(page.items(), id, reply.headers())) {
                return Uni.createFrom().item(found);
            }
            cursor.moveTo(page.next());
            return from(page.next(), id, cursor, options, reader);
        });
    }

    private static boolean isOf(Batch batch, SubmissionId id) {
        return id.text().equals(batch.metadata().get(SubmissionId.METADATA_KEY));
    }

    private static boolean isPast(List<Batch> page, SubmissionId id, Map<String, List<String>> headers) {
        Optional<Instant> end = id.madeAt().map(made -> made.plus(ServerClock.ahead(headers, Instant.now())).minus(MARGIN));
        return end.isPresent() && page.stream()
                .anyMatch(batch -> batch.createdAt() != null && batch.createdAt().isBefore(end.get()));
    }
}
