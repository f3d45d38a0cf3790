package io.quarkiverse.openai.batch.runtime.client;

import java.io.InputStream;

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
import io.smallrye.mutiny.Uni;

/**
 * The REST client under all others. The paths here only name the operation in metrics and traces: {@link WireRequestFilter}
 * sets URI and headers from the {@link WireRequest}. Bodies are written and read by the callers, so that neither the
 * application's mapper nor an unbounded body comes in between.
 */
@RegisterRestClient(configKey = "openai-batch")
@RegisterProvider(WireRequestFilter.class)
@Path("")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface WireApi {

    @POST
    @Path("/batches")
    Uni<RestResponse<InputStream>> createBatch(byte[] body, @NotBody WireRequest request);

    @GET
    @Path("/batches")
    Uni<RestResponse<InputStream>> listBatches(@NotBody WireRequest request);

    @GET
    @Path("/batches/{batch_id}")
    Uni<RestResponse<InputStream>> retrieveBatch(@PathParam("batch_id") String batchId, @NotBody WireRequest request);

    @POST
    @Path("/batches/{batch_id}/cancel")
    Uni<RestResponse<InputStream>> cancelBatch(@PathParam("batch_id") String batchId, @NotBody WireRequest request);

    @POST
    @Path("/files")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    Uni<RestResponse<InputStream>> createFile(ClientMultipartForm form, @NotBody WireRequest request);

    @GET
    @Path("/files")
    Uni<RestResponse<InputStream>> listFiles(@NotBody WireRequest request);

    @GET
    @Path("/files/{file_id}")
    Uni<RestResponse<InputStream>> retrieveFile(@PathParam("file_id") String fileId, @NotBody WireRequest request);

    @DELETE
    @Path("/files/{file_id}")
    Uni<RestResponse<InputStream>> deleteFile(@PathParam("file_id") String fileId, @NotBody WireRequest request);

    @GET
    @Path("/files/{file_id}/content")
    @Produces(MediaType.WILDCARD)
    Uni<RestResponse<InputStream>> downloadFile(@PathParam("file_id") String fileId, @NotBody WireRequest request);
}
