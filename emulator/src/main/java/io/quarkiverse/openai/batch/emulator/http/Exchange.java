package io.quarkiverse.openai.batch.emulator.http;

import io.quarkiverse.openai.batch.emulator.api.ApiException;
import io.quarkiverse.openai.batch.emulator.api.Reply;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;
import io.quarkiverse.openai.batch.emulator.control.RequestFault.Connection;
import io.quarkiverse.openai.batch.emulator.control.RequestLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/** One request and its answer. */
final class Exchange {

    private static final System.Logger LOG = System.getLogger(Exchange.class.getName());
    private static final long UNRECORDED = 0;

    private final long started = System.nanoTime();
    private final HttpServerRequest request;
    private final ReplySender replies;
    private final RequestLog log;
    private long number = UNRECORDED;

    Exchange(HttpServerRequest request, ReplySender replies, RequestLog log) {
        this.request = request;
        this.replies = replies;
        this.log = log;
    }

    HttpServerRequest request() {
        return request;
    }

    /** @param number the request's number in the log */
    void recorded(long number) {
        this.number = number;
    }

    Future<Void> send(Reply reply) {
        log.answered(number, reply.status());
        return replies.send(request.response(), reply, started);
    }

    /**
     * Sends a reply as a fault says.
     *
     * @param reply null for none
     */
    void send(Vertx vertx, Reply reply, RequestFault fault) {
        if (reply == null) {
            log.unanswered(number);
            Connections.end(request, fault.connection());
            return;
        }
        Future<Void> sent = fault.changesSending() ? sendPartially(vertx, reply, fault) : send(reply);
        if (!fault.readsBody()) {
            // What the client is still sending would be taken for its next request.
            sent.onComplete(end -> Connections.end(request, Connection.CLOSE));
        }
    }

    private Future<Void> sendPartially(Vertx vertx, Reply reply, RequestFault fault) {
        log.answered(number, reply.status());
        replies.putHead(request.response(), reply, started);
        return new PartialBody(vertx, request, reply, fault).send();
    }

    void fail(Throwable failure) {
        if (request.response().closed()) {
            return;
        }
        ApiException error = failure instanceof ApiException known ? known : unexpected(failure);
        // Many clients read no answer before they have sent their body.
        RequestBody.drain(request).onSuccess(end -> send(Reply.error(error)));
    }

    private static ApiException unexpected(Throwable failure) {
        LOG.log(System.Logger.Level.ERROR, "A request failed", failure);
        return new ApiException(500, "server_error", "The server had an error while processing your request.", null, null);
    }
}
