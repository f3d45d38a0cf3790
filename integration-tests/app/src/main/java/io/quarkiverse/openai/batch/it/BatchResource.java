package io.quarkiverse.openai.batch.it;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestQuery;

import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.FileService;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.ListBatchesResponse;

@Path("/batches")
public class BatchResource {

    @Inject
    @RestClient
    BatchService batches;

    @Inject
    @RestClient
    FileService files;

    @POST
    public Batch create(CreateBatchRequest request) {
        return batches.createBatch(request);
    }

    @GET
    public ListBatchesResponse list(@RestQuery String after, @RestQuery Integer limit) {
        return batches.listBatches(after, limit);
    }

    @GET
    @Path("/{id}")
    public Batch retrieve(String id) {
        return batches.retrieveBatch(id);
    }

    @POST
    @Path("/{id}/cancel")
    public Batch cancel(String id) {
        return batches.cancelBatch(id);
    }

    @GET
    @Path("/{id}/results")
    public List<ResultLine> results(String id) throws IOException {
        Batch batch = batches.retrieveBatch(id);
        try (InputStream input = files.fileContent(batch.inputFileId());
                InputStream output = content(batch.outputFileId());
                InputStream errors = content(batch.errorFileId())) {
            return ResultLine.join(input, output, errors);
        }
    }

    private InputStream content(String fileId) {
        return fileId == null ? InputStream.nullInputStream() : files.fileContent(fileId);
    }
}
