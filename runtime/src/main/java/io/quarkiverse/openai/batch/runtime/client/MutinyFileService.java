package io.quarkiverse.openai.batch.runtime.client;

import java.io.InputStream;
import java.nio.file.Path;

import io.quarkiverse.openai.batch.ApiResult;
import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.model.CreateFileRequest;
import io.quarkiverse.openai.batch.model.DeleteFileResponse;
import io.quarkiverse.openai.batch.model.FileObject;
import io.quarkiverse.openai.batch.model.ListFilesResponse;
import io.quarkiverse.openai.batch.reactive.ReactiveFileService;
import io.quarkiverse.openai.batch.runtime.client.http.Reply;
import io.quarkiverse.openai.batch.runtime.client.http.Results;
import io.quarkiverse.openai.batch.runtime.client.operation.FileOperations;
import io.quarkiverse.openai.batch.runtime.client.operation.Listing;
import io.quarkiverse.openai.batch.runtime.client.operation.Reactive;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** {@link ReactiveFileService} over {@link FileOperations}. */
final class MutinyFileService implements ReactiveFileService {

    private final FileOperations operations;
    private final CallOptions options;

    MutinyFileService(FileOperations operations, CallOptions options) {
        this.operations = operations;
        this.options = options;
    }

    @Override
    public Uni<FileObject> uploadFile(Path file) {
        return uploadFile(CreateFileRequest.of(file));
    }

    @Override
    public Uni<FileObject> uploadFile(CreateFileRequest request) {
        return Reactive.uni(reader -> operations.uploadFile(request, options, reader)).map(Reply::value);
    }

    @Override
    public Uni<ListFilesResponse> listFiles(String purpose, String after, Integer limit) {
        return Reactive.uni(reader -> operations.listFiles(purpose, after, limit, options, reader)).map(Reply::value);
    }

    @Override
    public Uni<FileObject> retrieveFile(String fileId) {
        return Reactive.uni(reader -> operations.retrieveFile(fileId, options, reader)).map(Reply::value);
    }

    @Override
    public Uni<DeleteFileResponse> deleteFile(String fileId) {
        return Reactive.uni(reader -> operations.deleteFile(fileId, options, reader)).map(Reply::value);
    }

    @Override
    public Uni<InputStream> fileContent(String fileId) {
        return Reactive.uni(reader -> operations.fileContent(fileId, options, reader)).map(Reply::value);
    }

    @Override
    public Uni<ApiResult<FileObject>> uploadFileResult(CreateFileRequest request) {
        return Reactive.uni(reader -> Results.of(operations.uploadFile(request, options, reader)));
    }

    @Override
    public Uni<ApiResult<ListFilesResponse>> listFilesResult(String purpose, String after, Integer limit) {
        return Reactive.uni(reader -> Results.of(operations.listFiles(purpose, after, limit, options, reader)));
    }

    @Override
    public Uni<ApiResult<FileObject>> retrieveFileResult(String fileId) {
        return Reactive.uni(reader -> Results.of(operations.retrieveFile(fileId, options, reader)));
    }

    @Override
    public Uni<ApiResult<DeleteFileResponse>> deleteFileResult(String fileId) {
        return Reactive.uni(reader -> Results.of(operations.deleteFile(fileId, options, reader)));
    }

    @Override
    public Uni<ApiResult<InputStream>> fileContentResult(String fileId) {
        return Reactive.uni(reader -> Results.of(operations.fileContent(fileId, options, reader)));
    }

    @Override
    public Multi<FileObject> listAllFiles(String purpose) {
        return Reactive.multi(new Listing<>((cursor, reader) -> operations.page(purpose, cursor, null, options, reader)));
    }

    @Override
    public ReactiveFileService with(CallOptions callOptions) {
        return new MutinyFileService(operations, callOptions.over(options));
    }
}
