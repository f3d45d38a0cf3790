package io.quarkiverse.openai.batch.runtime.client.operation;

import java.util.LinkedHashMap;
import java.util.Map;

import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.ListBatchesResponse;
import io.quarkiverse.openai.batch.runtime.client.http.ApiCall;
import io.quarkiverse.openai.batch.runtime.client.http.CallContext;
import io.quarkiverse.openai.batch.runtime.client.http.CallSender;
import io.quarkiverse.openai.batch.runtime.client.http.Reply;
import io.quarkiverse.openai.batch.runtime.client.http.WireApi;
import io.quarkiverse.openai.batch.runtime.provider.Dialect;
import io.smallrye.mutiny.Uni;

/** Reads the listing of batches. */
record BatchPages(CallSender sender) {

    Uni<Reply<ListBatchesResponse>> list(String after, Integer limit, CallContext call) {
        Dialect dialect = sender.settings().dialect();
        Map<String, String> query = new LinkedHashMap<>();
        if (after != null || dialect.afterRequired()) {
            query.put(dialect.cursorPaging() ? "cursor" : "after", after == null ? "" : after);
        }
        if (limit != null) {
            query.put("limit", limit.toString());
        }
        return sender.send(ApiCall.json("listBatches", dialect.batchesPath(), query, ListBatchesResponse.class,
                WireApi::listBatches), call);
    }

    /** A page of a hundred. */
    Uni<Reply<Page<Batch>>> page(String cursor, CallContext call) {
        return list(cursor, 100, call).map(reply -> reply.withValue(Page.of(reply.value())));
    }
}
