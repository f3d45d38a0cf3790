package io.quarkiverse.openai.batch.it;

import java.io.InputStream;
import java.util.List;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.jboss.resteasy.reactive.RestQuery;

import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.ListBatchesResponse;
import io.quarkiverse.openai.batch.reactive.ReactiveBatchService;
import io.quarkiverse.openai.batch.reactive.ReactiveFileService;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

@Path("/reactive/batches")
public class ReactiveBatchResource {

    @Inject
    ReactiveBatchService batches;

    @Inject
    ReactiveFileService files;

    @POST
    public Uni<Batch> create(CreateBatchRequest request) {
        return batches.createBatch(request);
    }

    @GET
    public Uni<ListBatchesResponse> list(@RestQuery String after, @RestQuery Integer limit) {
        return batches.listBatches(after, limit);
    }

    @GET
    @Path("/{id}")
    public Uni<Batch> retrieve(String id) {
        return batches.retrieveBatch(id);
    }

    @POST
    @Path("/{id}/cancel")
    public Uni<Batch> cancel(String id) {
        return batches.cancelBatch(id);
    }

    @GET
    @Path("/{id}/results")
    public Uni<List<ResultLine>> results(String id) {
        return batches.retrieveBatch(id).flatMap(this::results);
    }

    private Uni<List<ResultLine>> results(Batch batch) {
        return Uni.combine().all()
                .unis(content(batch.inputFileId()), content(batch.outputFileId()), content(batch.errorFileId())).asTuple()
                // the streams block
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(streams -> ResultLine.join(streams.getItem1(), streams.getItem2(), streams.getItem3()));
    }

    private Uni<InputStream> content(String fileId) {
        return fileId == null ? Uni.createFrom().item(InputStream.nullInputStream()) : files.fileContent(fileId);
    }
}
