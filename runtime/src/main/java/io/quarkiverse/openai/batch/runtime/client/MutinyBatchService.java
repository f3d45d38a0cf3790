package io.quarkiverse.openai.batch.runtime.client;

import java.util.Optional;

import io.quarkiverse.openai.batch.ApiResult;
import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.ListBatchesResponse;
import io.quarkiverse.openai.batch.reactive.ReactiveBatchService;
import io.quarkiverse.openai.batch.runtime.client.http.Reply;
import io.quarkiverse.openai.batch.runtime.client.http.Results;
import io.quarkiverse.openai.batch.runtime.client.operation.BatchOperations;
import io.quarkiverse.openai.batch.runtime.client.operation.Listing;
import io.quarkiverse.openai.batch.runtime.client.operation.Reactive;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** {@link ReactiveBatchService} over {@link BatchOperations}. */
final class MutinyBatchService implements ReactiveBatchService {

    private final BatchOperations operations;
    private final CallOptions options;

    MutinyBatchService(BatchOperations operations, CallOptions options) {
        this.operations = operations;
        this.options = options;
    }

    @Override
    public Uni<Batch> createBatch(CreateBatchRequest request) {
        return Reactive.uni(reader -> operations.createBatch(request, options, reader)).map(Reply::value);
    }

    @Override
    public Uni<ListBatchesResponse> listBatches(String after, Integer limit) {
        return Reactive.uni(reader -> operations.listBatches(after, limit, options, reader)).map(Reply::value);
    }

    @Override
    public Uni<Batch> retrieveBatch(String batchId) {
        return Reactive.uni(reader -> operations.retrieveBatch(batchId, options, reader)).map(Reply::value);
    }

    @Override
    public Uni<Batch> cancelBatch(String batchId) {
        return Reactive.uni(reader -> operations.cancelBatch(batchId, options, reader)).map(Reply::value);
    }

    @Override
    public Uni<ApiResult<Batch>> createBatchResult(CreateBatchRequest request) {
        return Reactive.uni(reader -> Results.of(operations.createBatch(request, options, reader)));
    }

    @Override
    public Uni<ApiResult<ListBatchesResponse>> listBatchesResult(String after, Integer limit) {
        return Reactive.uni(reader -> Results.of(operations.listBatches(after, limit, options, reader)));
    }

    @Override
    public Uni<ApiResult<Batch>> retrieveBatchResult(String batchId) {
        return Reactive.uni(reader -> Results.of(operations.retrieveBatch(batchId, options, reader)));
    }

    @Override
    public Uni<ApiResult<Batch>> cancelBatchResult(String batchId) {
        return Reactive.uni(reader -> Results.of(operations.cancelBatch(batchId, options, reader)));
    }

    @Override
    public Multi<Batch> listAllBatches() {
        return Reactive.multi(new Listing<>((cursor, reader) -> operations.page(cursor, options, reader)));
    }

    @Override
    public Uni<Optional<Batch>> findSubmission(String submissionId) {
        return Reactive.uni(reader -> operations.findSubmission(submissionId, options, reader));
    }

    @Override
    public ReactiveBatchService with(CallOptions callOptions) {
        return new MutinyBatchService(operations, callOptions.over(options));
    }
}
