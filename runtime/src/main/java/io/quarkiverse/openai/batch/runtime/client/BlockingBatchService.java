package io.quarkiverse.openai.batch.runtime.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.ApiResult;
import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.ListBatchesResponse;
import io.quarkiverse.openai.batch.runtime.client.http.CallContext;
import io.quarkiverse.openai.batch.runtime.client.http.Reply;
import io.quarkiverse.openai.batch.runtime.client.operation.BatchOperations;
import io.quarkiverse.openai.batch.runtime.client.operation.Blocking;
import io.smallrye.mutiny.Uni;

/** {@link BatchService} over {@link BatchOperations}. */
final class BlockingBatchService implements BatchService {

    private final BatchOperations operations;
    private final CallOptions options;

    BlockingBatchService(BatchOperations operations, CallOptions options) {
        this.operations = operations;
        this.options = options;
    }

    @Override
    public Batch createBatch(CreateBatchRequest request) {
        return value(call -> operations.createBatch(request, call));
    }

    @Override
    public ListBatchesResponse listBatches(String after, Integer limit) {
        return value(call -> operations.listBatches(after, limit, call));
    }

    @Override
    public Batch retrieveBatch(String batchId) {
        return value(call -> operations.retrieveBatch(batchId, call));
    }

    @Override
    public Batch cancelBatch(String batchId) {
        return value(call -> operations.cancelBatch(batchId, call));
    }

    @Override
    public Batch awaitBatch(String batchId, Duration atMost) {
        return Blocking.await(options, call -> operations.awaitBatch(batchId, atMost, call));
    }

    @Override
    public Stream<Batch> listAllBatches() {
        return operations.allBatches(options).stream();
    }

    @Override
    public Optional<Batch> findSubmission(String submissionId) {
        return Blocking.await(options, call -> operations.findSubmission(submissionId, call));
    }

    @Override
    public BatchService with(CallOptions callOptions) {
        return new BlockingBatchService(operations, callOptions.over(options));
    }

    @Override
    public WithResponse withResponse() {
        return new Responses(operations, options);
    }

    private <T> T value(Function<CallContext, Uni<Reply<T>>> operation) {
        return Blocking.await(options, operation).value();
    }

    /** The view with responses. */
    private record Responses(BatchOperations operations, CallOptions options) implements WithResponse {

        @Override
        public ApiResult<Batch> createBatch(CreateBatchRequest request) {
            return result(call -> operations.createBatch(request, call));
        }

        @Override
        public ApiResult<ListBatchesResponse> listBatches(String after, Integer limit) {
            return result(call -> operations.listBatches(after, limit, call));
        }

        @Override
        public ApiResult<Batch> retrieveBatch(String batchId) {
            return result(call -> operations.retrieveBatch(batchId, call));
        }

        @Override
        public ApiResult<Batch> cancelBatch(String batchId) {
            return result(call -> operations.cancelBatch(batchId, call));
        }

        private <T> ApiResult<T> result(Function<CallContext, Uni<Reply<T>>> operation) {
            return Blocking.await(options, call -> Reply.result(operation.apply(call)));
        }
    }
}
