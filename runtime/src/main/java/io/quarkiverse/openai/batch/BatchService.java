package io.quarkiverse.openai.batch;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.ListBatchesResponse;
import io.quarkiverse.openai.batch.reactive.ReactiveBatchService;

/**
 * The operations on batches (openai-openapi, tag Batch, 2026-08-21), blocking. {@link ReactiveBatchService} has the same as
 * {@code Uni}.
 * <p>
 * Every operation is retried as {@code quarkus.openai-batch.retry.*} says, and throws {@link BatchApiException} when the
 * provider answers with an error or cannot be reached, {@link io.quarkus.runtime.configuration.ConfigurationException} when
 * the client has no key and the provider needs one, and {@link IllegalArgumentException} when an argument breaks a documented
 * limit; then nothing was sent. {@link #withResponse()} returns a {@link BatchApiException} instead of throwing it. No
 * operation
 * may be called on an event loop.
 */
// The annotations make @RestClient select the bean and show the REST paths. No client is generated from them: a synthetic bean
// sends every request through runtime.client.http.WireApi, and a method added here does nothing by its annotations.
@RegisterRestClient(configKey = "openai-batch")
@Path("/batches")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public interface BatchService {

    /**
     * Creates a batch from an uploaded file, never twice. If it is not known whether a request took effect (a lost response, a
     * server error), it is not repeated: the batch is looked for by the id in its metadata, and adopted if it is found.
     *
     * @throws UnknownOutcomeException if it is not known whether the batch was created and it was not found either
     */
    @POST
    Batch createBatch(CreateBatchRequest request);

    /**
     * @param after the id of the last batch of the page before; null for the first page
     * @param limit the largest number of batches, 1 to 100; null for the provider's default, 20 at OpenAI
     * @return one page; {@link #listAllBatches()} returns all batches
     */
    @GET
    ListBatchesResponse listBatches(@QueryParam("after") String after, @QueryParam("limit") Integer limit);

    /**
     * @throws IllegalArgumentException if the id is blank, {@code .} or {@code ..}
     */
    @GET
    @Path("/{batch_id}")
    Batch retrieveBatch(@PathParam("batch_id") String batchId);

    /**
     * Asks the provider to stop a batch. It is {@code cancelling} for up to ten minutes, then {@code cancelled}; results until
     * then are in its result files.
     *
     * @throws IllegalArgumentException if the id is blank, {@code .} or {@code ..}
     */
    @POST
    @Path("/{batch_id}/cancel")
    Batch cancelBatch(@PathParam("batch_id") String batchId);

    /**
     * Waits until a batch has ended. The first look comes at once, the next ones after a tenth of the batch's age, within the
     * bounds of {@code quarkus.openai-batch.jobs.poll-interval}, and not before a {@code Retry-After} of the provider.
     * Transient
     * errors do not end the waiting: no response, an unreadable one, 408, 409, 425, 429, 5XX, and up to two 404s in a row.
     *
     * @param atMost how long to wait, looks and retries included
     * @return the batch with a terminal status: completed, failed, expired or cancelled
     * @throws BatchTimeoutException if the batch has not ended by then; it continues at the provider
     * @throws BatchApiException if the provider refuses the key or the request, or answers 404 three times in a row
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; the batch continues at the provider
     * @throws IllegalArgumentException if the time is zero or negative, or the id is blank, {@code .} or {@code ..}
     */
    Batch awaitBatch(String batchId, Duration atMost);

    /**
     * All batches of the account, newest first at OpenAI. The stream reads pages of a hundred batches as they are needed.
     */
    Stream<Batch> listAllBatches();

    /**
     * Looks once through the listing for a batch by the submission id that its creation carried.
     *
     * @param submissionId from {@link UnknownOutcomeException#submissionId()}
     * @return the batch; empty if the listing does not show it, or not yet
     */
    Optional<Batch> findSubmission(String submissionId);

    /** The same operations with these options for each call. Options that are not set stay as they are. */
    BatchService with(CallOptions options);

    /** The same operations with status and headers of the response, and with errors as values. */
    WithResponse withResponse();

    /**
     * The operations of a {@link BatchService} with status and headers of the response. A {@link BatchApiException} is returned
     * as {@link ApiResult.Failed}; other exceptions are thrown as there.
     */
    interface WithResponse {

        /** @see BatchService#createBatch */
        ApiResult<Batch> createBatch(CreateBatchRequest request);

        /** @see BatchService#listBatches */
        ApiResult<ListBatchesResponse> listBatches(String after, Integer limit);

        /** @see BatchService#retrieveBatch */
        ApiResult<Batch> retrieveBatch(String batchId);

        /** @see BatchService#cancelBatch */
        ApiResult<Batch> cancelBatch(String batchId);
    }
}
