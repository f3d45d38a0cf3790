package io.quarkiverse.openai.batch.runtime.client.http;

import java.util.Optional;
import java.util.concurrent.Executor;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** The Vert.x context of the caller. */
public final class CallerContext {

    private CallerContext() {
    }

    /** Runs tasks on the caller's context; empty if the caller has none. */
    public static Optional<Executor> executor() {
        Context context = Vertx.currentContext();
        return Optional.ofNullable(context).map(on -> task -> on.runOnContext(ignored -> task.run()));
    }
}
