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

import io.quarkiverse.openai.batch.runtime.provider.ClientSettings;
import io.quarkus.rest.client.reactive.NotBody;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.rest.client.reactive.runtime.RestClientCDIDelegateBuilder;

/**
 * The REST client under all others; public only because Quarkus generates its implementation. The paths here only name the
 * operation in metrics and traces: {@link WireRequestFilter} sets URI and headers from the {@link WireRequest}, and
 * {@link WireRequest} bounds the bodies that are read whole. JSON is written and read by the callers, so that the application's
 * mapper has no effect on it.
 */
@RegisterRestClient(configKey = WireApi.CONFIG_KEY)
@RegisterProvider(WireRequestFilter.class)
@Path("")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface WireApi {

    String CONFIG_KEY = "openai-batch";

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
    CompletionStage<RestResponse<byte[]>> uploadFile(ClientMultipartForm form, @NotBody WireRequest request);

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
    CompletionStage<RestResponse<InputStream>> fileContent(@PathParam("file_id") String fileId, @NotBody WireRequest request);

    @GET
    @Path("/models/{model}")
    CompletionStage<RestResponse<byte[]>> retrieveModel(@PathParam("model") String model, @NotBody WireRequest request);

    /** The default client's, with all settings of {@code quarkus.rest-client.openai-batch.*}. */
    static WireApi ofDefaultClient(ClientSettings settings) {
        return WireApiListener.configuring(settings,
                () -> RestClientCDIDelegateBuilder.createDelegate(WireApi.class, settings.baseUrl().toString(), CONFIG_KEY));
    }

    /** A named or built client's, which the REST client's own configuration does not know. */
    static WireApi of(ClientSettings settings) {
        return WireApiListener.configuring(settings,
                () -> QuarkusRestClientBuilder.newBuilder().baseUri(settings.baseUrl()).build(WireApi.class));
    }
}
