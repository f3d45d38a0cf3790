package io.quarkiverse.openai.batch;

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
 * limit; then nothing was sent. The {@code …Result} twins return a {@link BatchApiException} instead of throwing it. No
 * operation may be called on an event loop.
 */
// The annotations make @RestClient select the bean and show the REST paths. No client is generated from them: a synthetic bean
// sends every request through runtime.client.http.WireApi, and a method added here does nothing by its annotations.
@RegisterRestClient(configKey = "openai-batch")
@Path("/batches")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public interface BatchService {

    /**
     * Creates a batch from an uploaded file, never twice: when it is not known whether a request took effect (a lost answer, a
     * server error) the request is not repeated; the batch is looked for by the id in its metadata and adopted.
     *
     * @throws OpenSubmissionException if it is not known whether the batch was created and it was not found either
     */
    @POST
    Batch createBatch(CreateBatchRequest request);

    /**
     * @param after the id to go on after; null for the first page
     * @param limit how many batches at most, 1 to 100; null for the provider's default, 20 at OpenAI
     * @return one page; {@link #listAllBatches()} has them all
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
     * Asks the provider to stop a batch: it is {@code cancelling} for up to ten minutes, then {@code cancelled}, and what was
     * run until then is in its result files.
     *
     * @throws IllegalArgumentException if the id is blank, {@code .} or {@code ..}
     */
    @POST
    @Path("/{batch_id}/cancel")
    Batch cancelBatch(@PathParam("batch_id") String batchId);

    /** {@link #createBatch} as a result. */
    ApiResult<Batch> createBatchResult(CreateBatchRequest request);

    /** {@link #listBatches} as a result. */
    ApiResult<ListBatchesResponse> listBatchesResult(String after, Integer limit);

    /** {@link #retrieveBatch} as a result. */
    ApiResult<Batch> retrieveBatchResult(String batchId);

    /** {@link #cancelBatch} as a result. */
    ApiResult<Batch> cancelBatchResult(String batchId);

    /**
     * All batches of the account, newest first at OpenAI. Pages are read as the stream goes, a hundred batches each.
     */
    Stream<Batch> listAllBatches();

    /**
     * Looks once through the listing for a batch by the submission id that its creation carried.
     *
     * @param submissionId as {@link OpenSubmissionException#submissionId()} tells
     * @return the batch; empty if the listing does not show it (yet)
     */
    Optional<Batch> findSubmission(String submissionId);

    /** The same operations with these options for each call. */
    BatchService with(CallOptions options);
}
