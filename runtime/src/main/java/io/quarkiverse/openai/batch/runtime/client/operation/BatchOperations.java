package io.quarkiverse.openai.batch.runtime.client.operation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.jsonl.MetadataSize;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.ListBatchesResponse;
import io.quarkiverse.openai.batch.model.WireJson;
import io.quarkiverse.openai.batch.runtime.client.http.ApiCall;
import io.quarkiverse.openai.batch.runtime.client.http.CallSender;
import io.quarkiverse.openai.batch.runtime.client.http.PathSegment;
import io.quarkiverse.openai.batch.runtime.client.http.Reply;
import io.quarkiverse.openai.batch.runtime.client.http.WireApi;
import io.quarkiverse.openai.batch.runtime.provider.Dialect;
import io.smallrye.mutiny.Uni;

/** The operations on batches, each once, for all services over them. */
public final class BatchOperations {

    private final CallSender exchange;
    private final SafeCreate safeCreate;

    public BatchOperations(CallSender exchange) {
        this.exchange = exchange;
        this.safeCreate = new SafeCreate(exchange, this);
    }

    public Uni<Reply<Batch>> createBatch(CreateBatchRequest request, CallOptions options, Executor reader) {
        MetadataSize.of(request.metadata()).check(dialect().limits().metadata());
        CreateBatchRequest complete = request.completionWindow() == null && !dialect().completionWindow().isEmpty()
                ? request.withCompletionWindow(dialect().completionWindow())
                : request;
        return safeCreate.create(complete, options, reader);
    }

    ApiCall<byte[], Batch> createCall(CreateBatchRequest request) {
        byte[] body = WireJson.write(request);
        return ApiCall.json("createBatch", dialect().batchesPath(), Map.of(), Batch.class,
                (api, wire) -> api.createBatch(body, wire));
    }

    public Uni<Reply<ListBatchesResponse>> listBatches(String after, Integer limit, CallOptions options, Executor reader) {
        Map<String, String> query = new LinkedHashMap<>();
        if (after != null || dialect().afterRequired()) {
            query.put(dialect().cursorPaging() ? "cursor" : "after", after == null ? "" : after);
        }
        if (limit != null) {
            query.put("limit", limit.toString());
        }
        return send(ApiCall.json("listBatches", dialect().batchesPath(), query, ListBatchesResponse.class,
                WireApi::listBatches), options, reader);
    }

    public Uni<Reply<Batch>> retrieveBatch(String id, CallOptions options, Executor reader) {
        String path = dialect().batchesPath() + "/" + PathSegment.of(id, "batch");
        return send(ApiCall.json("retrieveBatch", path, Map.of(), Batch.class, (api, wire) -> api.retrieveBatch("-", wire)),
                options, reader);
    }

    public Uni<Reply<Batch>> cancelBatch(String id, CallOptions options, Executor reader) {
        String path = dialect().batchesPath() + "/" + PathSegment.of(id, "batch") + "/cancel";
        return send(ApiCall.json("cancelBatch", path, Map.of(), Batch.class, (api, wire) -> api.cancelBatch("-", wire)),
                options, reader);
    }

    /** A page of a hundred, for reading all. */
    public Uni<Reply<Page<Batch>>> page(String cursor, CallOptions options, Executor reader) {
        return listBatches(cursor, 100, options, reader).map(reply -> reply.withValue(Page.of(reply.value())));
    }

    /** Looks once; empty if the listing does not show it. */
    public Uni<Optional<Batch>> findSubmission(String submissionId, CallOptions options, Executor reader) {
        return safeCreate.search().once(new SubmissionId(submissionId), options, reader);
    }

    private <T> Uni<Reply<T>> send(ApiCall<byte[], T> call, CallOptions options, Executor reader) {
        return exchange.send(call, options, exchange.settings().timeouts().read(), reader);
    }

    private Dialect dialect() {
        return exchange.settings().dialect();
    }
}
