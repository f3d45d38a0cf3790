package io.quarkiverse.openai.batch.runtime.client;

import java.util.Optional;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.ApiResult;
import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.ListBatchesResponse;
import io.quarkiverse.openai.batch.runtime.client.http.Results;
import io.quarkiverse.openai.batch.runtime.client.operation.BatchOperations;
import io.quarkiverse.openai.batch.runtime.client.operation.Blocking;
import io.quarkiverse.openai.batch.runtime.client.operation.Listing;

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
        return Blocking.await(reader -> operations.createBatch(request, options, reader)).value();
    }

    @Override
    public ListBatchesResponse listBatches(String after, Integer limit) {
        return Blocking.await(reader -> operations.listBatches(after, limit, options, reader)).value();
    }

    @Override
    public Batch retrieveBatch(String batchId) {
        return Blocking.await(reader -> operations.retrieveBatch(batchId, options, reader)).value();
    }

    @Override
    public Batch cancelBatch(String batchId) {
        return Blocking.await(reader -> operations.cancelBatch(batchId, options, reader)).value();
    }

    @Override
    public ApiResult<Batch> createBatchResult(CreateBatchRequest request) {
        return Blocking.await(reader -> Results.of(operations.createBatch(request, options, reader)));
    }

    @Override
    public ApiResult<ListBatchesResponse> listBatchesResult(String after, Integer limit) {
        return Blocking.await(reader -> Results.of(operations.listBatches(after, limit, options, reader)));
    }

    @Override
    public ApiResult<Batch> retrieveBatchResult(String batchId) {
        return Blocking.await(reader -> Results.of(operations.retrieveBatch(batchId, options, reader)));
    }

    @Override
    public ApiResult<Batch> cancelBatchResult(String batchId) {
        return Blocking.await(reader -> Results.of(operations.cancelBatch(batchId, options, reader)));
    }

    @Override
    public Stream<Batch> listAllBatches() {
        return new Listing<>((cursor, reader) -> operations.page(cursor, options, reader)).stream();
    }

    @Override
    public Optional<Batch> findSubmission(String submissionId) {
        return Blocking.await(reader -> operations.findSubmission(submissionId, options, reader));
    }

    @Override
    public BatchService with(CallOptions callOptions) {
        return new BlockingBatchService(operations, callOptions.over(options));
    }
}
