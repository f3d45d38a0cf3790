package io.quarkiverse.openai.batch.runtime.client.operation;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.ErrorResponse.ApiError;
import io.quarkiverse.openai.batch.runtime.client.http.CallSender;
import io.quarkiverse.openai.batch.runtime.client.http.Failures;
import io.quarkiverse.openai.batch.runtime.client.http.Reply;
import io.quarkiverse.openai.batch.runtime.provider.Dialect;
import io.quarkiverse.openai.batch.runtime.retry.AttemptFailure;
import io.quarkiverse.openai.batch.runtime.retry.Repetition;
import io.quarkiverse.openai.batch.runtime.retry.RetriedCall;
import io.smallrye.mutiny.Uni;

/**
 * Creates a batch, never twice. A failure that leaves open whether the batch was created is not followed by another attempt but
 * by a search for the batch, which is adopted if it is there.
 */
final class SafeCreate {

    private static final Logger LOG = Logger.getLogger(SafeCreate.class);

    private final CallSender exchange;
    private final BatchOperations batches;
    private final SubmissionSearch search;

    SafeCreate(CallSender exchange, BatchOperations batches) {
        this.exchange = exchange;
        this.batches = batches;
        this.search = new SubmissionSearch(batches);
    }

    SubmissionSearch search() {
        return search;
    }

    Uni<Reply<Batch>> create(CreateBatchRequest request, CallOptions options, Executor reader) {
        return Uni.createFrom().deferred(() -> {
            Optional<SubmissionId> id = submissionId(request);
            CreateBatchRequest marked = id.map(known -> marked(request, known)).orElse(request);
            RetriedCall<Reply<Batch>> call = exchange.retried(batches.createCall(marked), options,
                    exchange.settings().timeouts().read(), reader);
            return call.run(failure -> repetition(failure, marked))
                    .onFailure(AttemptFailure.class)
                    .recoverWithUni(failure -> settle((AttemptFailure) failure, id, call, options, reader));
        });
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

    /** The user's own pairs are never pushed out. An id among them is that of an earlier batch, from which they were copied. */
    private Optional<SubmissionId> submissionId(CreateBatchRequest request) {
        Dialect dialect = exchange.settings().dialect();
        boolean full = dialect.limits().metadata() > 0 && !request.metadata().containsKey(SubmissionId.METADATA_KEY)
                && request.metadata().size() >= dialect.limits().metadata();
        return dialect.submissionIds() && !full ? Optional.of(SubmissionId.create(Instant.now())) : Optional.empty();
    }

    private static CreateBatchRequest marked(CreateBatchRequest request, SubmissionId id) {
        Map<String, String> metadata = new LinkedHashMap<>(request.metadata());
        metadata.put(SubmissionId.METADATA_KEY, id.text());
        return request.withMetadata(metadata);
    }

    private Uni<Reply<Batch>> settle(AttemptFailure failure, Optional<SubmissionId> id, RetriedCall<?> call,
            CallOptions options, Executor reader) {
        if (!failure.isAmbiguous()) {
            return Uni.createFrom().failure(exchange.exception("createBatch", failure, call));
        }
        if (id.isEmpty()) {
            return open(failure, null, "its metadata has no submission id to look for", call);
        }
        LOG.infof("createBatch of client %s ended with %s: looking for submission %s", exchange.settings().name(),
                failure.getMessage(), id.get().text());
        return search.untilSettled(id.get(), exchange.settings().submissionSettle(), options, reader)
                .onItemOrFailure().transformToUni((found, unreadable) -> unreadable != null
                        ? open(failure, id.get(), "the listing could not be read", call)
                        : found.map(batch -> adopted(batch, id.get()))
                                .orElseGet(() -> open(failure, id.get(), "the listing does not show it", call)));
    }

    private Uni<Reply<Batch>> adopted(Batch batch, SubmissionId id) {
        LOG.infof("createBatch of client %s: submission %s was found as batch %s", exchange.settings().name(), id.text(),
                SafeText.of(batch.id(), 100));
        return Uni.createFrom().item(new Reply<>(batch, 200, Map.of()));
    }

    private static Uni<Reply<Batch>> open(AttemptFailure failure, SubmissionId id, String lookedFor, RetriedCall<?> call) {
        return Uni.createFrom().failure(Failures.open(id == null ? null : id.text(), lookedFor, failure, call.attempts(),
                call.deadline().elapsed()));
    }
}
