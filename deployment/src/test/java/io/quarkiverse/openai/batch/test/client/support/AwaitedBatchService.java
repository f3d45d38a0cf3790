package io.quarkiverse.openai.batch.test.client.support;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.ApiResult;
import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.ListBatchesResponse;
import io.quarkiverse.openai.batch.reactive.ReactiveBatchService;

/** A reactive service, each call awaited. */
record AwaitedBatchService(ReactiveBatchService service) implements BatchService {

    @Override
    public Batch createBatch(CreateBatchRequest request) {
        return service.createBatch(request).await().indefinitely();
    }

    @Override
    public ListBatchesResponse listBatches(String after, Integer limit) {
        return service.listBatches(after, limit).await().indefinitely();
    }

    @Override
    public Batch retrieveBatch(String batchId) {
        return service.retrieveBatch(batchId).await().indefinitely();
    }

    @Override
    public Batch cancelBatch(String batchId) {
        return service.cancelBatch(batchId).await().indefinitely();
    }

    @Override
    public Batch awaitBatch(String batchId, Duration atMost) {
        return service.awaitBatch(batchId, atMost).await().indefinitely();
    }

    @Override
    public Stream<Batch> listAllBatches() {
        return service.listAllBatches().collect().asList().await().indefinitely().stream();
    }

    @Override
    public Optional<Batch> findSubmission(String submissionId) {
        return service.findSubmission(submissionId).await().indefinitely();
    }

    @Override
    public BatchService with(CallOptions options) {
        return new AwaitedBatchService(service.with(options));
    }

    @Override
    public WithResponse withResponse() {
        return new AwaitedResponses(service.withResponse());
    }

    private record AwaitedResponses(ReactiveBatchService.WithResponse view) implements WithResponse {

        @Override
        public ApiResult<Batch> createBatch(CreateBatchRequest request) {
            return view.createBatch(request).await().indefinitely();
        }

        @Override
        public ApiResult<ListBatchesResponse> listBatches(String after, Integer limit) {
            return view.listBatches(after, limit).await().indefinitely();
        }

        @Override
        public ApiResult<Batch> retrieveBatch(String batchId) {
            return view.retrieveBatch(batchId).await().indefinitely();
        }

        @Override
        public ApiResult<Batch> cancelBatch(String batchId) {
            return view.cancelBatch(batchId).await().indefinitely();
        }
    }
}
