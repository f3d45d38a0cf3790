package io.quarkiverse.openai.batch.it;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

import io.quarkiverse.openai.batch.model.CreateFileRequest;
import io.quarkiverse.openai.batch.model.DeleteFileResponse;
import io.quarkiverse.openai.batch.model.FileObject;
import io.quarkiverse.openai.batch.reactive.ReactiveFileService;
import io.smallrye.mutiny.Uni;

@Path("/reactive/files")
public class ReactiveFileResource {

    @Inject
    ReactiveFileService files;

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Uni<FileObject> upload(@RestForm FileUpload file) {
        return files.uploadFile(CreateFileRequest.of(file.uploadedFile()).withFilename(file.fileName()));
    }

    @GET
    @Path("/{id}")
    public Uni<FileObject> retrieve(String id) {
        return files.retrieveFile(id);
    }

    @DELETE
    @Path("/{id}")
    public Uni<DeleteFileResponse> delete(String id) {
        return files.deleteFile(id);
    }
}
