package io.quarkiverse.openai.batch.runtime.client;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.ApiResult;
import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.FileService;
import io.quarkiverse.openai.batch.model.CreateFileRequest;
import io.quarkiverse.openai.batch.model.DeleteFileResponse;
import io.quarkiverse.openai.batch.model.FileObject;
import io.quarkiverse.openai.batch.model.ListFilesResponse;
import io.quarkiverse.openai.batch.runtime.client.http.Results;
import io.quarkiverse.openai.batch.runtime.client.operation.Blocking;
import io.quarkiverse.openai.batch.runtime.client.operation.FileOperations;
import io.quarkiverse.openai.batch.runtime.client.operation.Listing;

/** {@link FileService} over {@link FileOperations}. */
final class BlockingFileService implements FileService {

    private final FileOperations operations;
    private final CallOptions options;

    BlockingFileService(FileOperations operations, CallOptions options) {
        this.operations = operations;
        this.options = options;
    }

    @Override
    public FileObject uploadFile(Path file) {
        return uploadFile(CreateFileRequest.of(file));
    }

    @Override
    public FileObject uploadFile(CreateFileRequest request) {
        return Blocking.await(reader -> operations.uploadFile(request, options, reader)).value();
    }

    @Override
    public ListFilesResponse listFiles(String purpose, String after, Integer limit) {
        return Blocking.await(reader -> operations.listFiles(purpose, after, limit, options, reader)).value();
    }

    @Override
    public FileObject retrieveFile(String fileId) {
        return Blocking.await(reader -> operations.retrieveFile(fileId, options, reader)).value();
    }

    @Override
    public DeleteFileResponse deleteFile(String fileId) {
        return Blocking.await(reader -> operations.deleteFile(fileId, options, reader)).value();
    }

    @Override
    public InputStream fileContent(String fileId) {
        return Blocking.await(reader -> operations.fileContent(fileId, options, reader)).value();
    }

    @Override
    public ApiResult<FileObject> uploadFileResult(CreateFileRequest request) {
        return Blocking.await(reader -> Results.of(operations.uploadFile(request, options, reader)));
    }

    @Override
    public ApiResult<ListFilesResponse> listFilesResult(String purpose, String after, Integer limit) {
        return Blocking.await(reader -> Results.of(operations.listFiles(purpose, after, limit, options, reader)));
    }

    @Override
    public ApiResult<FileObject> retrieveFileResult(String fileId) {
        return Blocking.await(reader -> Results.of(operations.retrieveFile(fileId, options, reader)));
    }

    @Override
    public ApiResult<DeleteFileResponse> deleteFileResult(String fileId) {
        return Blocking.await(reader -> Results.of(operations.deleteFile(fileId, options, reader)));
    }

    @Override
    public ApiResult<InputStream> fileContentResult(String fileId) {
        return Blocking.await(reader -> Results.of(operations.fileContent(fileId, options, reader)));
    }

    @Override
    public Stream<FileObject> listAllFiles(String purpose) {
        return new Listing<>((cursor, reader) -> operations.page(purpose, cursor, null, options, reader)).stream();
    }

    @Override
    public FileService with(CallOptions callOptions) {
        return new BlockingFileService(operations, callOptions.over(options));
    }
}
