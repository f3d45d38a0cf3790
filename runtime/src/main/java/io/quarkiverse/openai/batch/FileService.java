package io.quarkiverse.openai.batch;

import java.io.InputStream;
import java.util.stream.Stream;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import io.quarkiverse.openai.batch.model.CreateFileRequest;
import io.quarkiverse.openai.batch.model.DeleteFileResponse;
import io.quarkiverse.openai.batch.model.FileObject;
import io.quarkiverse.openai.batch.model.ListFilesResponse;
import io.quarkiverse.openai.batch.reactive.ReactiveFileService;

/**
 * The operations on files that batches need (openai-openapi, tag Files, 2026-08-21), blocking. {@link ReactiveFileService} has
 * the same as {@code Uni}. Errors are those of {@link BatchService}.
 */
// The annotations make @RestClient select the bean and show the REST paths. No client is generated from them: a synthetic bean
// sends every request through runtime.client.http.WireApi, and a method added here does nothing by its annotations.
@RegisterRestClient(configKey = "openai-batch")
@Path("/files")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public interface FileService {

    /**
     * Uploads a JSONL file under its own name and the client's purpose.
     *
     * @throws IllegalArgumentException if the file is not there, is empty, or is larger than the provider takes
     */
    FileObject uploadFile(java.nio.file.Path file);

    /**
     * Uploads a file. It is streamed from disk in constant memory, and from its start again at a retry. If the response was
     * lost, the file is looked for by its name, purpose and size before it is sent again.
     *
     * @throws IllegalArgumentException if the file is not there, is empty, or is larger than the provider takes
     */
    FileObject uploadFile(CreateFileRequest request);

    /**
     * @param purpose keep only files with this purpose; null for all
     * @param after the id of the last file of the page before; null for the first page
     * @param limit the largest number of files, 1 to 10,000; null for the provider's default, 10,000 at OpenAI
     * @return one page, newest first; {@link #listAllFiles} returns all files
     */
    @GET
    ListFilesResponse listFiles(@QueryParam("purpose") String purpose, @QueryParam("after") String after,
            @QueryParam("limit") Integer limit);

    /**
     * @throws IllegalArgumentException if the id is blank, {@code .} or {@code ..}
     */
    @GET
    @Path("/{file_id}")
    FileObject retrieveFile(@PathParam("file_id") String fileId);

    /**
     * @throws IllegalArgumentException if the id is blank, {@code .} or {@code ..}
     */
    @DELETE
    @Path("/{file_id}")
    DeleteFileResponse deleteFile(@PathParam("file_id") String fileId);

    /**
     * The bytes of a file, as a stream from the network that must be closed. It fails with an
     * {@link java.io.IOException} when the connection breaks or stalls for longer than the client's download time-out.
     *
     * @throws IllegalArgumentException if the id is blank, {@code .} or {@code ..}
     */
    @GET
    @Path("/{file_id}/content")
    @Produces(MediaType.WILDCARD)
    InputStream fileContent(@PathParam("file_id") String fileId);

    /**
     * All files of the account, newest first. The stream reads pages as they are needed.
     *
     * @param purpose keep only files with this purpose; null for all
     */
    Stream<FileObject> listAllFiles(String purpose);

    /** The same operations with these options for each call. Options that are not set stay as they are. */
    FileService with(CallOptions options);

    /** The same operations with status and headers of the response, and with errors as values. */
    WithResponse withResponse();

    /**
     * The operations of a {@link FileService} with status and headers of the response. A {@link BatchApiException} is returned
     * as {@link ApiResult.Failed}; other exceptions are thrown as there.
     */
    interface WithResponse {

        /** @see FileService#uploadFile(CreateFileRequest) */
        ApiResult<FileObject> uploadFile(CreateFileRequest request);

        /** @see FileService#listFiles */
        ApiResult<ListFilesResponse> listFiles(String purpose, String after, Integer limit);

        /** @see FileService#retrieveFile */
        ApiResult<FileObject> retrieveFile(String fileId);

        /** @see FileService#deleteFile */
        ApiResult<DeleteFileResponse> deleteFile(String fileId);

        /** The stream of an {@link ApiResult.Ok} must be closed. */
        ApiResult<InputStream> fileContent(String fileId);
    }
}
