package io.quarkiverse.openai.batch.reactive;

import java.io.InputStream;
import java.nio.file.Path;

import io.quarkiverse.openai.batch.ApiResult;
import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.FileService;
import io.quarkiverse.openai.batch.model.CreateFileRequest;
import io.quarkiverse.openai.batch.model.DeleteFileResponse;
import io.quarkiverse.openai.batch.model.FileObject;
import io.quarkiverse.openai.batch.model.ListFilesResponse;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * The operations of {@link FileService} as {@code Uni}: nothing is sent before the subscription, and cancelling it resets the
 * request. Errors are those of the blocking twin, as failures.
 */
public interface ReactiveFileService {

    /** @see FileService#uploadFile(Path) */
    Uni<FileObject> uploadFile(Path file);

    /** @see FileService#uploadFile(CreateFileRequest) */
    Uni<FileObject> uploadFile(CreateFileRequest request);

    /** @see FileService#listFiles */
    Uni<ListFilesResponse> listFiles(String purpose, String after, Integer limit);

    /** @see FileService#retrieveFile */
    Uni<FileObject> retrieveFile(String fileId);

    /** @see FileService#deleteFile */
    Uni<DeleteFileResponse> deleteFile(String fileId);

    /** The bytes of a file as {@link FileService#fileContent}: the stream blocks, so read it on a worker thread. */
    Uni<InputStream> fileContent(String fileId);

    /** All files, as {@link FileService#listAllFiles}; the next page is read when it is asked for. */
    Multi<FileObject> listAllFiles(String purpose);

    /** The same operations with these options for each call. Options that are not set stay as they are. */
    ReactiveFileService with(CallOptions options);

    /** @see FileService#withResponse() */
    WithResponse withResponse();

    /** The operations of {@link FileService.WithResponse} as {@code Uni}. */
    interface WithResponse {

        /** @see FileService#uploadFile(CreateFileRequest) */
        Uni<ApiResult<FileObject>> uploadFile(CreateFileRequest request);

        /** @see FileService#listFiles */
        Uni<ApiResult<ListFilesResponse>> listFiles(String purpose, String after, Integer limit);

        /** @see FileService#retrieveFile */
        Uni<ApiResult<FileObject>> retrieveFile(String fileId);

        /** @see FileService#deleteFile */
        Uni<ApiResult<DeleteFileResponse>> deleteFile(String fileId);

        /** @see FileService.WithResponse#fileContent */
        Uni<ApiResult<InputStream>> fileContent(String fileId);
    }
}
