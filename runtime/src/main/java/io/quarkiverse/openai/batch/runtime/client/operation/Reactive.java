package io.quarkiverse.openai.batch.runtime.client.operation;

import java.util.concurrent.Executor;
import java.util.function.Function;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Answers are read on worker threads; what comes of them goes on on the subscriber's own Vert.x context, if it has one.
 */
public final class Reactive {

    private Reactive() {
    }

    public static <T> Uni<T> uni(Function<Executor, Uni<T>> operation) {
        return Uni.createFrom().deferred(() -> {
            Uni<T> uni = operation.apply(Infrastructure.getDefaultWorkerPool());
            Context context = Vertx.currentContext();
            return context == null ? uni : uni.emitOn(on(context));
        });
    }

    public static <T> Multi<T> multi(Listing<T> listing) {
        return Multi.createFrom().deferred(() -> {
            Multi<T> multi = listing.multi(Infrastructure.getDefaultWorkerPool());
            Context context = Vertx.currentContext();
            return context == null ? multi : multi.emitOn(on(context));
        });
    }

    private static Executor on(Context context) {
        return task -> context.runOnContext(ignored -> task.run());
    }
}
