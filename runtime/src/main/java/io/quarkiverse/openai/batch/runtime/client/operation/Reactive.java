package io.quarkiverse.openai.batch.runtime.client.operation;

import java.util.function.Function;

import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.runtime.client.http.CallContext;
import io.quarkiverse.openai.batch.runtime.client.http.CallerContext;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** Responses are read on worker threads; items are emitted on the Vert.x context of the subscriber, if it has one. */
public final class Reactive {

    private Reactive() {
    }

    public static <T> Uni<T> uni(CallOptions options, Function<CallContext, Uni<T>> operation) {
        return Uni.createFrom().deferred(() -> {
            Uni<T> uni = operation.apply(new CallContext(options, Infrastructure.getDefaultWorkerPool()));
            return CallerContext.executor().map(uni::emitOn).orElse(uni);
        });
    }

    public static <T> Multi<T> multi(Listing<T> listing) {
        return Multi.createFrom().deferred(() -> {
            Multi<T> multi = listing.multi(Infrastructure.getDefaultWorkerPool());
            return CallerContext.executor().map(multi::emitOn).orElse(multi);
        });
    }
}
