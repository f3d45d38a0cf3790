package io.quarkiverse.openai.batch.benchmarks.limits;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.smallrye.mutiny.Uni;

/** The bare REST client: the same calls as an application would declare them, with nothing around them. */
@RegisterRestClient(configKey = "bare")
@Path("/v1/batches")
@ClientHeaderParam(name = "Authorization", value = "Bearer key")
public interface BatchApi {

    @POST
    Batch create(CreateBatchRequest request);

    @GET
    @Path("/{id}")
    Batch retrieve(@PathParam("id") String id);

    @POST
    Uni<Batch> createLater(CreateBatchRequest request);

    @GET
    @Path("/{id}")
    Uni<Batch> retrieveLater(@PathParam("id") String id);
}
