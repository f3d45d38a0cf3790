package io.quarkiverse.openai.batch.runtime.client.http;

import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.client.api.ClientMultipartForm;

import io.quarkiverse.openai.batch.model.CreateFileRequest;
import io.quarkiverse.openai.batch.model.ExpiresAfter;
import io.quarkiverse.openai.batch.runtime.provider.Dialect;

/** The multipart form of an upload. Each attempt makes its own, so that it begins at the start of the file. */
public final class UploadForm {

    private static final String JSON_LINES = "application/jsonl";

    private UploadForm() {
    }

    /** Sends the form. */
    public static BiFunction<WireApi, WireRequest, CompletionStage<RestResponse<byte[]>>> of(CreateFileRequest request,
            Dialect dialect) {
        return (api, wire) -> api.uploadFile(form(request, dialect), wire);
    }

    private static ClientMultipartForm form(CreateFileRequest request, Dialect dialect) {
        ClientMultipartForm form = ClientMultipartForm.create().attribute("purpose", request.purpose(), null);
        if (dialect.uploadNamesFile()) {
            form.attribute("file_name", request.filename(), null);
        }
        ExpiresAfter expiry = request.expiresAfter();
        if (expiry != null) {
            boolean dotted = dialect.dottedExpiry();
            form.attribute(dotted ? "expires_after.anchor" : "expires_after[anchor]", expiry.anchor(), null);
            form.attribute(dotted ? "expires_after.seconds" : "expires_after[seconds]", Long.toString(expiry.seconds()), null);
        }
        return form.binaryFileUpload("file", request.filename(), request.path().toAbsolutePath().toString(), JSON_LINES);
    }
}
