package io.quarkiverse.openai.batch.it;

import java.io.InputStream;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

import io.quarkiverse.openai.batch.FileService;
import io.quarkiverse.openai.batch.model.CreateFileRequest;
import io.quarkiverse.openai.batch.model.DeleteFileResponse;
import io.quarkiverse.openai.batch.model.FileObject;

@Path("/files")
public class FileResource {

    @Inject
    @RestClient
    FileService files;

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public FileObject upload(@RestForm FileUpload file) {
        return files.uploadFile(CreateFileRequest.of(file.uploadedFile()).withFilename(file.fileName()));
    }

    @GET
    @Path("/{id}")
    public FileObject retrieve(String id) {
        return files.retrieveFile(id);
    }

    @GET
    @Path("/{id}/content")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public InputStream content(String id) {
        return files.fileContent(id);
    }

    @DELETE
    @Path("/{id}")
    public DeleteFileResponse delete(String id) {
        return files.deleteFile(id);
    }
}
