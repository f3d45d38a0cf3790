package io.quarkiverse.openai.batch.runtime.client.operation;

import java.io.InputStream;
import java.time.Duration;
import java.util.Map;

import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.model.CreateFileRequest;
import io.quarkiverse.openai.batch.model.DeleteFileResponse;
import io.quarkiverse.openai.batch.model.FileObject;
import io.quarkiverse.openai.batch.model.ListFilesResponse;
import io.quarkiverse.openai.batch.runtime.client.http.ApiCall;
import io.quarkiverse.openai.batch.runtime.client.http.BodyReader;
import io.quarkiverse.openai.batch.runtime.client.http.CallContext;
import io.quarkiverse.openai.batch.runtime.client.http.CallSender;
import io.quarkiverse.openai.batch.runtime.client.http.PathSegment;
import io.quarkiverse.openai.batch.runtime.client.http.Reply;
import io.smallrye.mutiny.Uni;

/** The operations on files, each once, for all services over them. */
public final class FileOperations {

    private final CallSender sender;
    private final FilePages pages;
    private final SafeUpload safeUpload;

    public FileOperations(CallSender sender) {
        this.sender = sender;
        this.pages = new FilePages(sender);
        this.safeUpload = new SafeUpload(sender, pages);
    }

    public Uni<Reply<FileObject>> uploadFile(CreateFileRequest request, CallContext call) {
        return safeUpload.upload(request, call);
    }

    public Uni<Reply<ListFilesResponse>> listFiles(String purpose, String after, Integer limit, CallContext call) {
        return pages.list(purpose, after, limit, call);
    }

    public Uni<Reply<FileObject>> retrieveFile(String id, CallContext call) {
        return sender.send(ApiCall.json("retrieveFile", path(id), Map.of(), FileObject.class,
                (api, wire) -> api.retrieveFile("-", wire)), call);
    }

    public Uni<Reply<DeleteFileResponse>> deleteFile(String id, CallContext call) {
        return sender.send(ApiCall.json("deleteFile", path(id), Map.of(), DeleteFileResponse.class,
                (api, wire) -> api.deleteFile("-", wire)), call);
    }

    public Uni<Reply<InputStream>> fileContent(String id, CallContext call) {
        Duration timeout = sender.settings().timeouts().download();
        return sender.send(new ApiCall<>("fileContent", path(id) + "/content", Map.of(), timeout,
                (api, wire) -> api.fileContent("-", wire),
                new BodyReader.Content(call.options().timeout().orElse(timeout), sender.timers())), call);
    }

    public Listing<FileObject> allFiles(String purpose, CallOptions options) {
        return new Listing<>((cursor, call) -> pages.page(purpose, cursor, null, call), options);
    }

    private String path(String id) {
        return sender.settings().dialect().filesPath() + "/" + PathSegment.of(id, "file");
    }
}
