package io.quarkiverse.openai.batch.runtime.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

import io.quarkiverse.openai.batch.ApiResult;
import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.ListBatchesResponse;
import io.quarkiverse.openai.batch.reactive.ReactiveBatchService;
import io.quarkiverse.openai.batch.runtime.client.http.CallContext;
import io.quarkiverse.openai.batch.runtime.client.http.Reply;
import io.quarkiverse.openai.batch.runtime.client.operation.BatchOperations;
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
        return value(call -> operations.createBatch(request, call));
    }

    @Override
    public Uni<ListBatchesResponse> listBatches(String after, Integer limit) {
        return value(call -> operations.listBatches(after, limit, call));
    }

    @Override
    public Uni<Batch> retrieveBatch(String batchId) {
        return value(call -> operations.retrieveBatch(batchId, call));
    }

    @Override
    public Uni<Batch> cancelBatch(String batchId) {
        return value(call -> operations.cancelBatch(batchId, call));
    }

    @Override
    public Uni<Batch> awaitBatch(String batchId, Duration atMost) {
        return Reactive.uni(options, call -> operations.awaitBatch(batchId, atMost, call));
    }

    @Override
    public Multi<Batch> listAllBatches() {
        return Reactive.multi(operations.allBatches(options));
    }

    @Override
    public Uni<Optional<Batch>> findSubmission(String submissionId) {
        return Reactive.uni(options, call -> operations.findSubmission(submissionId, call));
    }

    @Override
    public ReactiveBatchService with(CallOptions callOptions) {
        return new MutinyBatchService(operations, callOptions.over(options));
    }

    @Override
    public WithResponse withResponse() {
        return new Responses(operations, options);
    }

    private <T> Uni<T> value(Function<CallContext, Uni<Reply<T>>> operation) {
        return Reactive.uni(options, operation).map(Reply::value);
    }

    /** The view with responses. */
    private record Responses(BatchOperations operations, CallOptions options) implements WithResponse {

        @Override
        public Uni<ApiResult<Batch>> createBatch(CreateBatchRequest request) {
            return result(call -> operations.createBatch(request, call));
        }

        @Override
        public Uni<ApiResult<ListBatchesResponse>> listBatches(String after, Integer limit) {
            return result(call -> operations.listBatches(after, limit, call));
        }

        @Override
        public Uni<ApiResult<Batch>> retrieveBatch(String batchId) {
            return result(call -> operations.retrieveBatch(batchId, call));
        }

        @Override
        public Uni<ApiResult<Batch>> cancelBatch(String batchId) {
            return result(call -> operations.cancelBatch(batchId, call));
        }

        private <T> Uni<ApiResult<T>> result(Function<CallContext, Uni<Reply<T>>> operation) {
            return Reactive.uni(options, call -> Reply.result(operation.apply(call)));
        }
    }
}
