package io.quarkiverse.openai.batch.runtime.client.http;

import java.io.InputStream;
import java.util.concurrent.CompletionStage;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.client.api.ClientMultipartForm;

import io.quarkus.rest.client.reactive.NotBody;

/**
 * The REST client under all others. The paths here only name the operation in metrics and traces: {@link WireRequestFilter}
 * sets URI and headers from the {@link WireRequest}, and {@link WireRequest} bounds the bodies that are read whole. JSON is
 * written and read by the callers, so that the application's mapper does not come in between.
 */
@RegisterRestClient(configKey = "openai-batch")
@RegisterProvider(WireRequestFilter.class)
@Path("")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface WireApi {

    @POST
    @Path("/batches")
    CompletionStage<RestResponse<byte[]>> createBatch(byte[] body, @NotBody WireRequest request);

    @GET
    @Path("/batches")
    CompletionStage<RestResponse<byte[]>> listBatches(@NotBody WireRequest request);

    @GET
    @Path("/batches/{batch_id}")
    CompletionStage<RestResponse<byte[]>> retrieveBatch(@PathParam("batch_id") String batchId,
            @NotBody WireRequest request);

    @POST
    @Path("/batches/{batch_id}/cancel")
    CompletionStage<RestResponse<byte[]>> cancelBatch(@PathParam("batch_id") String batchId, @NotBody WireRequest request);

    @POST
    @Path("/files")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    CompletionStage<RestResponse<byte[]>> createFile(ClientMultipartForm form, @NotBody WireRequest request);

    @GET
    @Path("/files")
    CompletionStage<RestResponse<byte[]>> listFiles(@NotBody WireRequest request);

    @GET
    @Path("/files/{file_id}")
    CompletionStage<RestResponse<byte[]>> retrieveFile(@PathParam("file_id") String fileId, @NotBody WireRequest request);

    @DELETE
    @Path("/files/{file_id}")
    CompletionStage<RestResponse<byte[]>> deleteFile(@PathParam("file_id") String fileId, @NotBody WireRequest request);

    @GET
    @Path("/files/{file_id}/content")
    @Produces(MediaType.WILDCARD)
    CompletionStage<RestResponse<InputStream>> downloadFile(@PathParam("file_id") String fileId, @NotBody WireRequest request);
}
