package io.quarkiverse.openai.batch.runtime.client.operation;

import java.util.LinkedHashMap;
import java.util.Map;

import io.quarkiverse.openai.batch.model.FileObject;
import io.quarkiverse.openai.batch.model.ListFilesResponse;
import io.quarkiverse.openai.batch.runtime.client.http.ApiCall;
import io.quarkiverse.openai.batch.runtime.client.http.CallContext;
import io.quarkiverse.openai.batch.runtime.client.http.CallSender;
import io.quarkiverse.openai.batch.runtime.client.http.Reply;
import io.quarkiverse.openai.batch.runtime.client.http.WireApi;
import io.smallrye.mutiny.Uni;

/** Reads the listing of files. */
record FilePages(CallSender sender) {

    Uni<Reply<ListFilesResponse>> list(String purpose, String after, Integer limit, CallContext call) {
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
        return sender.send(ApiCall.json("listFiles", sender.settings().dialect().filesPath(), query, ListFilesResponse.class,
                WireApi::listFiles), call);
    }

    /**
     * @param limit null for the provider's default
     */
    Uni<Reply<Page<FileObject>>> page(String purpose, String cursor, Integer limit, CallContext call) {
        return list(purpose, cursor, limit, call).map(reply -> reply.withValue(Page.of(reply.value())));
    }
}
