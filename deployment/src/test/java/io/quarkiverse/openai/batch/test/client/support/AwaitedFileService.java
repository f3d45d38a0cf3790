package io.quarkiverse.openai.batch.test.client.support;

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
import io.quarkiverse.openai.batch.reactive.ReactiveFileService;

/** A reactive service, each call awaited. */
record AwaitedFileService(ReactiveFileService service) implements FileService {

    @Override
    public FileObject uploadFile(Path file) {
        return service.uploadFile(file).await().indefinitely();
    }

    @Override
    public FileObject uploadFile(CreateFileRequest request) {
        return service.uploadFile(request).await().indefinitely();
    }

    @Override
    public ListFilesResponse listFiles(String purpose, String after, Integer limit) {
        return service.listFiles(purpose, after, limit).await().indefinitely();
    }

    @Override
    public FileObject retrieveFile(String fileId) {
        return service.retrieveFile(fileId).await().indefinitely();
    }

    @Override
    public DeleteFileResponse deleteFile(String fileId) {
        return service.deleteFile(fileId).await().indefinitely();
    }

    @Override
    public InputStream fileContent(String fileId) {
        return service.fileContent(fileId).await().indefinitely();
    }

    @Override
    public Stream<FileObject> listAllFiles(String purpose) {
        return service.listAllFiles(purpose).collect().asList().await().indefinitely().stream();
    }

    @Override
    public FileService with(CallOptions options) {
        return new AwaitedFileService(service.with(options));
    }

    @Override
    public WithResponse withResponse() {
        return new AwaitedResponses(service.withResponse());
    }

    private record AwaitedResponses(ReactiveFileService.WithResponse view) implements WithResponse {

        @Override
        public ApiResult<FileObject> uploadFile(CreateFileRequest request) {
            return view.uploadFile(request).await().indefinitely();
        }

        @Override
        public ApiResult<ListFilesResponse> listFiles(String purpose, String after, Integer limit) {
            return view.listFiles(purpose, after, limit).await().indefinitely();
        }

        @Override
        public ApiResult<FileObject> retrieveFile(String fileId) {
            return view.retrieveFile(fileId).await().indefinitely();
        }

        @Override
        public ApiResult<DeleteFileResponse> deleteFile(String fileId) {
            return view.deleteFile(fileId).await().indefinitely();
        }

        @Override
        public ApiResult<InputStream> fileContent(String fileId) {
            return view.fileContent(fileId).await().indefinitely();
        }
    }
}
