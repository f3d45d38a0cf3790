package io.quarkiverse.openai.batch.emulator.http;

import java.time.InstantSource;

import io.quarkiverse.openai.batch.emulator.api.ApiException;
import io.quarkiverse.openai.batch.emulator.api.Reply;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/** Serves the API: guard, route, read, do, reply. */
final class ApiServer {

    private static final System.Logger LOG = System.getLogger(ApiServer.class.getName());

    private final Vertx vertx;
    private final RequestGuard guard;
    private final Operations operations;
    private final InstantSource clock;
    private final ReplySender replies;

    ApiServer(Vertx vertx, RequestGuard guard, Operations operations, InstantSource clock) {
        this.vertx = vertx;
        this.guard = guard;
        this.operations = operations;
        this.clock = clock;
        this.replies = new ReplySender(clock);
    }

    void handle(HttpServerRequest request) {
        long started = System.nanoTime();
        request.pause();
        try {
            guard.checkOrigin(request);
            guard.checkKey(request);
            Route route = Route.of(request.method().name(), request.path());
            operations.read(route, request)
                    .compose(effect -> vertx.executeBlocking(() -> effect.apply(clock.instant()), false))
                    .onSuccess(reply -> replies.send(request.response(), reply, started))
                    .onFailure(failure -> fail(request, failure, started));
        } catch (ApiException e) {
            fail(request, e, started);
        }
    }

    private void fail(HttpServerRequest request, Throwable failure, long started) {
        if (request.response().closed()) {
            return;
        }
        ApiException error = failure instanceof ApiException known ? known : unexpected(failure);
        // Many clients read no answer before they have sent their body.
        RequestBody.drain(request)
                .onSuccess(end -> replies.send(request.response(), Reply.error(error), started));
    }

    private static ApiException unexpected(Throwable failure) {
        LOG.log(System.Logger.Level.ERROR, "A request failed", failure);
        return new ApiException(500, "server_error", "The server had an error while processing your request.", null, null);
    }
}
