package io.quarkiverse.openai.batch.reactive;

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

    /** @see BatchService#createBatchResult */
    Uni<ApiResult<Batch>> createBatchResult(CreateBatchRequest request);

    /** @see BatchService#listBatchesResult */
    Uni<ApiResult<ListBatchesResponse>> listBatchesResult(String after, Integer limit);

    /** @see BatchService#retrieveBatchResult */
    Uni<ApiResult<Batch>> retrieveBatchResult(String batchId);

    /** @see BatchService#cancelBatchResult */
    Uni<ApiResult<Batch>> cancelBatchResult(String batchId);

    /** All batches, as {@link BatchService#listAllBatches()}; the next page is read when it is asked for. */
    Multi<Batch> listAllBatches();

    /** @see BatchService#findSubmission */
    Uni<Optional<Batch>> findSubmission(String submissionId);

    /** The same operations with these options for each call. */
    ReactiveBatchService with(CallOptions options);
}
