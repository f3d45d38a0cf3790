package io.quarkiverse.openai.batch.runtime.client.operation;

import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;

import org.jboss.resteasy.reactive.client.api.ClientMultipartForm;

import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.model.CreateFileRequest;
import io.quarkiverse.openai.batch.model.DeleteFileResponse;
import io.quarkiverse.openai.batch.model.ExpiresAfter;
import io.quarkiverse.openai.batch.model.FileObject;
import io.quarkiverse.openai.batch.model.ListFilesResponse;
import io.quarkiverse.openai.batch.runtime.client.http.ApiCall;
import io.quarkiverse.openai.batch.runtime.client.http.BodyReader;
import io.quarkiverse.openai.batch.runtime.client.http.CallSender;
import io.quarkiverse.openai.batch.runtime.client.http.PathSegment;
import io.quarkiverse.openai.batch.runtime.client.http.Reply;
import io.quarkiverse.openai.batch.runtime.client.http.WireApi;
import io.quarkiverse.openai.batch.runtime.provider.Dialect;
import io.smallrye.mutiny.Uni;

/** The operations on files, each once, for all services over them. */
public final class FileOperations {

    private static final String JSON_LINES = "application/jsonl";

    private final CallSender exchange;
    private final SafeUpload safeUpload;

    public FileOperations(CallSender exchange) {
        this.exchange = exchange;
        this.safeUpload = new SafeUpload(exchange, this);
    }

    public Uni<Reply<FileObject>> uploadFile(CreateFileRequest request, CallOptions options, Executor reader) {
        CreateFileRequest complete = request.purpose() == null ? request.withPurpose(dialect().purpose()) : request;
        return safeUpload.upload(complete, options, reader);
    }

    /** The form is made anew for each attempt, so that each begins at the start of the file. */
    ApiCall<byte[], FileObject> uploadCall(CreateFileRequest request) {
        return ApiCall.json("createFile", dialect().uploadPath(), Map.of(), FileObject.class,
                (api, wire) -> api.createFile(form(request), wire));
    }

    private ClientMultipartForm form(CreateFileRequest request) {
        ClientMultipartForm form = ClientMultipartForm.create().attribute("purpose", request.purpose(), null);
        if (dialect().uploadNamesFile()) {
            form.attribute("file_name", request.filename(), null);
        }
        ExpiresAfter expiry = request.expiresAfter();
        if (expiry != null) {
            boolean dotted = dialect().dottedExpiry();
            form.attribute(dotted ? "expires_after.anchor" : "expires_after[anchor]", expiry.anchor(), null);
            form.attribute(dotted ? "expires_after.seconds" : "expires_after[seconds]", Long.toString(expiry.seconds()), null);
        }
        return form.binaryFileUpload("file", request.filename(), request.path().toAbsolutePath().toString(), JSON_LINES);
    }

    public Uni<Reply<ListFilesResponse>> listFiles(String purpose, String after, Integer limit, CallOptions options,
            Executor reader) {
        Map<String, String> query = new LinkedHashMap<>();
        if (purpose != null) {
            query.put("purpose", purpose);
        }
        if (after != null) {
            query.put("after", after);
        }
        if (limit != null) {
            query.put("limit", limit.toString());
        }
        return send(ApiCall.json("listFiles", dialect().filesPath(), query, ListFilesResponse.class, WireApi::listFiles),
                options, reader);
    }

    public Uni<Reply<FileObject>> retrieveFile(String id, CallOptions options, Executor reader) {
        return send(ApiCall.json("retrieveFile", path(id), Map.of(), FileObject.class,
                (api, wire) -> api.retrieveFile("-", wire)), options, reader);
    }

    public Uni<Reply<DeleteFileResponse>> deleteFile(String id, CallOptions options, Executor reader) {
        return send(ApiCall.json("deleteFile", path(id), Map.of(), DeleteFileResponse.class,
                (api, wire) -> api.deleteFile("-", wire)), options, reader);
    }

    public Uni<Reply<InputStream>> fileContent(String id, CallOptions options, Executor reader) {
        Duration timeout = exchange.settings().timeouts().download();
        ApiCall<InputStream, InputStream> call = new ApiCall<>("downloadFile", path(id) + "/content", Map.of(),
                (api, wire) -> api.downloadFile("-", wire),
                new BodyReader.Content(options.timeout().orElse(timeout), exchange.timers()));
        return exchange.send(call, options, timeout, reader);
    }

    /**
     * @param limit null for as many as the provider gives
     */
    public Uni<Reply<Page<FileObject>>> page(String purpose, String cursor, Integer limit, CallOptions options,
            Executor reader) {
        return listFiles(purpose, cursor, limit, options, reader).map(reply -> reply.withValue(Page.of(reply.value())));
    }

    private String path(String id) {
        return dialect().filesPath() + "/" + PathSegment.of(id, "file");
    }

    private <T> Uni<Reply<T>> send(ApiCall<byte[], T> call, CallOptions options, Executor reader) {
        return exchange.send(call, options, exchange.settings().timeouts().read(), reader);
    }

    private Dialect dialect() {
        return exchange.settings().dialect();
    }
}
