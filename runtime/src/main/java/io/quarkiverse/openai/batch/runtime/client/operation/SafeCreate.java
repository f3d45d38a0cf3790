package io.quarkiverse.openai.batch.runtime.client.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.RetryOptions;
import io.quarkiverse.openai.batch.UnknownOutcomeException;
import io.quarkiverse.openai.batch.jsonl.MetadataSize;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.ErrorResponse.ApiError;
import io.quarkiverse.openai.batch.model.WireJson;
import io.quarkiverse.openai.batch.runtime.client.http.ApiCall;
import io.quarkiverse.openai.batch.runtime.client.http.CallContext;
import io.quarkiverse.openai.batch.runtime.client.http.CallSender;
import io.quarkiverse.openai.batch.runtime.client.http.Reply;
import io.quarkiverse.openai.batch.runtime.provider.Dialect;
import io.quarkiverse.openai.batch.runtime.retry.AttemptFailure;
import io.quarkiverse.openai.batch.runtime.retry.Deadline;
import io.quarkiverse.openai.batch.runtime.retry.Repetition;
import io.quarkiverse.openai.batch.runtime.retry.RetriedCall;
import io.smallrye.mutiny.Uni;

/**
 * Creates a batch, never twice. After a failure that leaves open whether the batch was created, the request is not repeated:
 * the
 * batch is looked for, and adopted if it is found.
 */
final class SafeCreate {

    private static final Logger LOG = Logger.getLogger(SafeCreate.class);
    private static final String OPERATION = "createBatch";

    private final CallSender sender;
    private final BatchPages pages;

    SafeCreate(CallSender sender, BatchPages pages) {
        this.sender = sender;
        this.pages = pages;
    }

    Uni<Reply<Batch>> create(CreateBatchRequest request, CallContext call) {
        MetadataSize.of(request.metadata()).check(dialect().limits().metadata());
        String window = dialect().completionWindow();
        CreateBatchRequest complete = request.completionWindow() == null && !window.isEmpty()
                ? request.withCompletionWindow(window)
                : request;
        return Uni.createFrom().deferred(() -> createOnce(complete, call));
    }

    /** Looks once through the listing for the batch of a submission; empty if the listing does not show it. */
    Uni<Optional<Batch>> find(SubmissionId id, CallContext call) {
        return new ListingSearch<>(cursor -> pages.page(cursor, call), id.madeAt().orElse(null), clock -> id::isOf)
                .find(true).map(found -> found.stream().findFirst());
    }

    private Uni<Reply<Batch>> createOnce(CreateBatchRequest request, CallContext call) {
        Optional<SubmissionId> id = submissionId(request);
        CreateBatchRequest marked = id.map(known -> marked(request, known)).orElse(request);
        byte[] body = WireJson.write(marked);
        RetriedCall<Reply<Batch>> retried = sender.retried(ApiCall.json(OPERATION, dialect().batchesPath(), Map.of(),
                Batch.class, (api, wire) -> api.createBatch(body, wire)), call);
        return retried.run(failure -> repetition(failure, marked))
                .onFailure(AttemptFailure.class)
                .recoverWithUni(failure -> settle((AttemptFailure) failure, id, retried, call));
    }

    /** A file is not always ready right after its upload: then its id is answered with 400 or 404 for a moment. */
    private static Repetition repetition(AttemptFailure failure, CreateBatchRequest request) {
        if (failure.isAmbiguous()) {
            return Repetition.NEVER;
        }
        boolean refused = failure.status() == 400 || failure.status() == 404;
        return refused && namesFile(failure.error(), request.inputFileId()) ? Repetition.ALWAYS : Repetition.AS_CONFIGURED;
    }

    private static boolean namesFile(ApiError error, String fileId) {
        return error != null && ("input_file_id".equals(error.param())
                || error.message() != null && error.message().contains(fileId));
    }

    /**
     * Empty if the metadata has no room: the user's own pairs are never pushed out. An id among them is that of an earlier
     * batch,
     * whose metadata was copied.
     */
    private Optional<SubmissionId> submissionId(CreateBatchRequest request) {
        int room = dialect().limits().metadata();
        boolean full = room > 0 && !request.metadata().containsKey(SubmissionId.METADATA_KEY)
                && request.metadata().size() >= room;
        return dialect().submissionIds() && !full ? Optional.of(SubmissionId.create(Instant.now())) : Optional.empty();
    }

    private static CreateBatchRequest marked(CreateBatchRequest request, SubmissionId id) {
        Map<String, String> metadata = new LinkedHashMap<>(request.metadata());
        metadata.put(SubmissionId.METADATA_KEY, id.text());
        return request.withMetadata(metadata);
    }

    private Uni<Reply<Batch>> settle(AttemptFailure failure, Optional<SubmissionId> id, RetriedCall<?> retried,
            CallContext call) {
        if (!failure.isAmbiguous()) {
            return Uni.createFrom().failure(sender.exception(OPERATION, failure, retried));
        }
        if (id.isEmpty()) {
            return open(failure, null, "its metadata has no submission id to look for", retried);
        }
        LOG.infof("createBatch of client %s ended with %s: looking for submission %s", sender.settings().name(),
                failure.getMessage(), id.get().text());
        CallContext once = call.withOptions(call.options().withRetry(RetryOptions.none()));
        return findUntil(new Deadline(sender.settings().submissionSettle()), id.get(), once)
                .onItemOrFailure().transformToUni((found, unreadable) -> unreadable != null
                        ? open(failure, id.get(), "the listing could not be read", retried)
                        : found.map(batch -> adopted(batch, id.get()))
                                .orElseGet(() -> open(failure, id.get(), "the listing does not show it", retried)));
    }

    /**
     * Looks until the batch is found, the last time not before the deadline. A reading that fails is followed by another one
     * too; the failure of the last one is that of the search.
     */
    private Uni<Optional<Batch>> findUntil(Deadline settled, SubmissionId id, CallContext call) {
        boolean last = settled.remaining().isZero();
        return find(id, call).onItemOrFailure().transformToUni((found, failure) -> {
            if (last || failure == null && found.isPresent()) {
                return failure == null ? Uni.createFrom().item(found) : Uni.createFrom().failure(failure);
            }
            long pause = Math.max(50, Math.min(1_000, sender.settings().submissionSettle().toMillis() / 10));
            return Uni.createFrom().voidItem().onItem().delayIt().by(Duration.ofMillis(pause))
                    .chain(() -> findUntil(settled, id, call));
        });
    }

    private Uni<Reply<Batch>> adopted(Batch batch, SubmissionId id) {
        LOG.infof("createBatch of client %s: submission %s was found as batch %s", sender.settings().name(), id.text(),
                SafeText.of(batch.id(), 100));
        return Uni.createFrom().item(new Reply<>(batch, 200, Map.of()));
    }

    private static Uni<Reply<Batch>> open(AttemptFailure failure, SubmissionId id, String lookedFor, RetriedCall<?> retried) {
        UnknownOutcomeException open = retried.exception(failure, (summary, details) -> new UnknownOutcomeException(
                "It is not known whether createBatch created a batch: it ended with %s, and %s".formatted(summary, lookedFor),
                id == null ? null : id.text(), details, failure.getCause()));
        return Uni.createFrom().failure(open);
    }

    private Dialect dialect() {
        return sender.settings().dialect();
    }
}
