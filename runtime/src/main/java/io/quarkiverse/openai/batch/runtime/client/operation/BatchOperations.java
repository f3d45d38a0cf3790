package io.quarkiverse.openai.batch.runtime.client.operation;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.ListBatchesResponse;
import io.quarkiverse.openai.batch.runtime.client.http.ApiCall;
import io.quarkiverse.openai.batch.runtime.client.http.CallContext;
import io.quarkiverse.openai.batch.runtime.client.http.CallSender;
import io.quarkiverse.openai.batch.runtime.client.http.PathSegment;
import io.quarkiverse.openai.batch.runtime.client.http.Reply;
import io.smallrye.mutiny.Uni;

/** The operations on batches, each once, for all services over them. */
public final class BatchOperations {

    private final CallSender sender;
    private final BatchPages pages;
    private final SafeCreate safeCreate;

    public BatchOperations(CallSender sender) {
        this.sender = sender;
        this.pages = new BatchPages(sender);
        this.safeCreate = new SafeCreate(sender, pages);
    }

    public Uni<Reply<Batch>> createBatch(CreateBatchRequest request, CallContext call) {
        return safeCreate.create(request, call);
    }

    public Uni<Reply<ListBatchesResponse>> listBatches(String after, Integer limit, CallContext call) {
        return pages.list(after, limit, call);
    }

    public Uni<Reply<Batch>> retrieveBatch(String id, CallContext call) {
        return sender.send(ApiCall.json("retrieveBatch", path(id), Map.of(), Batch.class,
                (api, wire) -> api.retrieveBatch("-", wire)), call);
    }

    public Uni<Reply<Batch>> cancelBatch(String id, CallContext call) {
        return sender.send(ApiCall.json("cancelBatch", path(id) + "/cancel", Map.of(), Batch.class,
                (api, wire) -> api.cancelBatch("-", wire)), call);
    }

    public Uni<Batch> awaitBatch(String id, Duration atMost, CallContext call) {
        if (atMost.isZero() || atMost.isNegative()) {
            throw new IllegalArgumentException("The longest time to wait must be positive, but is " + atMost);
        }
        return Uni.createFrom().deferred(() -> new AwaitedBatch(id, () -> retrieveBatch(id, call), sender.settings(),
                sender.timers()).ended(atMost)).emitOn(call.reader());
    }

    public Listing<Batch> allBatches(CallOptions options) {
        return new Listing<>(pages::page, options);
    }

    public Uni<Optional<Batch>> findSubmission(String submissionId, CallContext call) {
        return safeCreate.find(new SubmissionId(submissionId), call);
    }

    private String path(String id) {
        return sender.settings().dialect().batchesPath() + "/" + PathSegment.of(id, "batch");
    }
}
