package io.quarkiverse.openai.batch.runtime.client.operation;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.RetryOptions;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.runtime.retry.Deadline;
import io.smallrye.mutiny.Uni;

/** Looks for the batch of a submission in the listing. */
final class SubmissionSearch {

    private final BatchOperations batches;

    SubmissionSearch(BatchOperations batches) {
        this.batches = batches;
    }

    /** One reading; empty if the listing does not show the batch. */
    Uni<Optional<Batch>> once(SubmissionId id, CallOptions options, Executor reader) {
        return new ListingSearch<>(cursor -> batches.page(cursor, options, reader), Batch::createdAt,
                id.madeAt().orElse(null), clock -> batch -> isOf(batch, id))
                .find(true).map(found -> found.stream().findFirst());
    }

    /**
     * Readings until the batch is found, the last one not before the time has passed. A reading that fails is followed by
     * another one too; the last one's failure is that of the search.
     */
    Uni<Optional<Batch>> untilSettled(SubmissionId id, Duration settle, CallOptions options, Executor reader) {
        Duration pause = Duration.ofMillis(Math.max(50, Math.min(1_000, settle.toMillis() / 10)));
        return again(id, new Deadline(settle), pause, options.retry(RetryOptions.none()), reader);
    }

    private Uni<Optional<Batch>> again(SubmissionId id, Deadline settle, Duration pause, CallOptions options,
            Executor reader) {
        boolean last = settle.remaining().isZero();
        return once(id, options, reader).onItemOrFailure().transformToUni((found, failure) -> {
            if (failure == null && found.isPresent()) {
                return Uni.createFrom().item(found);
            }
            if (last) {
                return failure == null ? Uni.createFrom().item(found) : Uni.createFrom().failure(failure);
            }
            return Uni.createFrom().voidItem().onItem().delayIt().by(pause)
                    .chain(() -> again(id, settle, pause, options, reader));
        });
    }

    private static boolean isOf(Batch batch, SubmissionId id) {
        return id.text().equals(batch.metadata().get(SubmissionId.METADATA_KEY));
    }
}
