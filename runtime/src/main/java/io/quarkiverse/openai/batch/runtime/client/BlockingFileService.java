package io.quarkiverse.openai.batch.runtime.client;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.ApiResult;
import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.FileService;
import io.quarkiverse.openai.batch.model.CreateFileRequest;
import io.quarkiverse.openai.batch.model.DeleteFileResponse;
import io.quarkiverse.openai.batch.model.FileObject;
import io.quarkiverse.openai.batch.model.ListFilesResponse;
import io.quarkiverse.openai.batch.runtime.client.http.CallContext;
import io.quarkiverse.openai.batch.runtime.client.http.Reply;
import io.quarkiverse.openai.batch.runtime.client.operation.Blocking;
import io.quarkiverse.openai.batch.runtime.client.operation.FileOperations;
import io.smallrye.mutiny.Uni;

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
        return value(call -> operations.uploadFile(request, call));
    }

    @Override
    public ListFilesResponse listFiles(String purpose, String after, Integer limit) {
        return value(call -> operations.listFiles(purpose, after, limit, call));
    }

    @Override
    public FileObject retrieveFile(String fileId) {
        return value(call -> operations.retrieveFile(fileId, call));
    }

    @Override
    public DeleteFileResponse deleteFile(String fileId) {
        return value(call -> operations.deleteFile(fileId, call));
    }

    @Override
    public InputStream fileContent(String fileId) {
        return value(call -> operations.fileContent(fileId, call));
    }

    @Override
    public Stream<FileObject> listAllFiles(String purpose) {
        return operations.allFiles(purpose, options).stream();
    }

    @Override
    public FileService with(CallOptions callOptions) {
        return new BlockingFileService(operations, callOptions.over(options));
    }

    @Override
    public WithResponse withResponse() {
        return new Responses(operations, options);
    }

    private <T> T value(Function<CallContext, Uni<Reply<T>>> operation) {
        return Blocking.await(options, operation).value();
    }

    /** The view with responses. */
    private record Responses(FileOperations operations, CallOptions options) implements WithResponse {

        @Override
        public ApiResult<FileObject> uploadFile(CreateFileRequest request) {
            return result(call -> operations.uploadFile(request, call));
        }

        @Override
        public ApiResult<ListFilesResponse> listFiles(String purpose, String after, Integer limit) {
            return result(call -> operations.listFiles(purpose, after, limit, call));
        }

        @Override
        public ApiResult<FileObject> retrieveFile(String fileId) {
            return result(call -> operations.retrieveFile(fileId, call));
        }

        @Override
        public ApiResult<DeleteFileResponse> deleteFile(String fileId) {
            return result(call -> operations.deleteFile(fileId, call));
        }

        @Override
        public ApiResult<InputStream> fileContent(String fileId) {
            return result(call -> operations.fileContent(fileId, call));
        }

        private <T> ApiResult<T> result(Function<CallContext, Uni<Reply<T>>> operation) {
            return Blocking.await(options, call -> Reply.result(operation.apply(call)));
        }
    }
}
