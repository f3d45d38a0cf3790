package io.quarkiverse.openai.batch.reactive;

import java.time.Duration;
import java.util.Optional;

import io.quarkiverse.openai.batch.ApiResult;
import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.ListBatchesResponse;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * The operations of {@link BatchService} as {@code Uni}: nothing is sent before the subscription, and cancelling it resets the
 * request. Errors are those of the blocking twin, as failures. Items arrive on the caller's Vert.x context if it has one, else
 * on a worker thread.
 */
public interface ReactiveBatchService {

    /** @see BatchService#createBatch */
    Uni<Batch> createBatch(CreateBatchRequest request);

    /** @see BatchService#listBatches */
    Uni<ListBatchesResponse> listBatches(String after, Integer limit);

    /** @see BatchService#retrieveBatch */
    Uni<Batch> retrieveBatch(String batchId);

    /** @see BatchService#cancelBatch */
    Uni<Batch> cancelBatch(String batchId);

    /**
     * The batch once it has ended, as {@link BatchService#awaitBatch}. Cancelling the subscription ends the waiting; the batch
     * continues at the provider.
     */
    Uni<Batch> awaitBatch(String batchId, Duration atMost);

    /** All batches, as {@link BatchService#listAllBatches()}; the next page is read when it is asked for. */
    Multi<Batch> listAllBatches();

    /** @see BatchService#findSubmission */
    Uni<Optional<Batch>> findSubmission(String submissionId);

    /** The same operations with these options for each call. Options that are not set stay as they are. */
    ReactiveBatchService with(CallOptions options);

    /** @see BatchService#withResponse() */
    WithResponse withResponse();

    /** The operations of {@link BatchService.WithResponse} as {@code Uni}. */
    interface WithResponse {

        /** @see BatchService#createBatch */
        Uni<ApiResult<Batch>> createBatch(CreateBatchRequest request);

        /** @see BatchService#listBatches */
        Uni<ApiResult<ListBatchesResponse>> listBatches(String after, Integer limit);

        /** @see BatchService#retrieveBatch */
        Uni<ApiResult<Batch>> retrieveBatch(String batchId);

        /** @see BatchService#cancelBatch */
        Uni<ApiResult<Batch>> cancelBatch(String batchId);
    }
}
