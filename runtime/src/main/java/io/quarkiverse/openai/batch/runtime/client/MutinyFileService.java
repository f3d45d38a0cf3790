package io.quarkiverse.openai.batch.runtime.client;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Function;

import io.quarkiverse.openai.batch.ApiResult;
import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.model.CreateFileRequest;
import io.quarkiverse.openai.batch.model.DeleteFileResponse;
import io.quarkiverse.openai.batch.model.FileObject;
import io.quarkiverse.openai.batch.model.ListFilesResponse;
import io.quarkiverse.openai.batch.reactive.ReactiveFileService;
import io.quarkiverse.openai.batch.runtime.client.http.CallContext;
import io.quarkiverse.openai.batch.runtime.client.http.Reply;
import io.quarkiverse.openai.batch.runtime.client.operation.FileOperations;
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
        return value(call -> operations.uploadFile(request, call));
    }

    @Override
    public Uni<ListFilesResponse> listFiles(String purpose, String after, Integer limit) {
        return value(call -> operations.listFiles(purpose, after, limit, call));
    }

    @Override
    public Uni<FileObject> retrieveFile(String fileId) {
        return value(call -> operations.retrieveFile(fileId, call));
    }

    @Override
    public Uni<DeleteFileResponse> deleteFile(String fileId) {
        return value(call -> operations.deleteFile(fileId, call));
    }

    @Override
    public Uni<InputStream> fileContent(String fileId) {
        return value(call -> operations.fileContent(fileId, call));
    }

    @Override
    public Multi<FileObject> listAllFiles(String purpose) {
        return Reactive.multi(operations.allFiles(purpose, options));
    }

    @Override
    public ReactiveFileService with(CallOptions callOptions) {
        return new MutinyFileService(operations, callOptions.over(options));
    }

    @Override
    public WithResponse withResponse() {
        return new Responses(operations, options);
    }

    private <T> Uni<T> value(Function<CallContext, Uni<Reply<T>>> operation) {
        return Reactive.uni(options, operation).map(Reply::value);
    }

    /** The view with responses. */
    private record Responses(FileOperations operations, CallOptions options) implements WithResponse {

        @Override
        public Uni<ApiResult<FileObject>> uploadFile(CreateFileRequest request) {
            return result(call -> operations.uploadFile(request, call));
        }

        @Override
        public Uni<ApiResult<ListFilesResponse>> listFiles(String purpose, String after, Integer limit) {
            return result(call -> operations.listFiles(purpose, after, limit, call));
        }

        @Override
        public Uni<ApiResult<FileObject>> retrieveFile(String fileId) {
            return result(call -> operations.retrieveFile(fileId, call));
        }

        @Override
        public Uni<ApiResult<DeleteFileResponse>> deleteFile(String fileId) {
            return result(call -> operations.deleteFile(fileId, call));
        }

        @Override
        public Uni<ApiResult<InputStream>> fileContent(String fileId) {
            return result(call -> operations.fileContent(fileId, call));
        }

        private <T> Uni<ApiResult<T>> result(Function<CallContext, Uni<Reply<T>>> operation) {
            return Reactive.uni(options, call -> Reply.result(operation.apply(call)));
        }
    }
}
