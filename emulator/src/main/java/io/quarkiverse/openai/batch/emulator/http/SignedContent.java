package io.quarkiverse.openai.batch.emulator.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import io.quarkiverse.openai.batch.emulator.answer.Hash64;
import io.quarkiverse.openai.batch.emulator.api.ApiException;
import io.quarkiverse.openai.batch.emulator.api.Backend;
import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;

/**
 * Serves files to whoever knows their signed URL, as an object store does: on a port of its own, which is opened when the first
 * URL is made, and not to requests that carry a key as well.
 */
final class SignedContent {

    private static final String PATH = "/signed/";

    private final Vertx vertx;
    private final Access access;
    private final Backend backend;
    private final Operations operations;
    private final ReplySender replies;
    private final RequestRecorder recorder;
    private final String secret = UUID.randomUUID().toString();
    private Future<HttpServer> server;

    SignedContent(Vertx vertx, Access access, Backend backend, Operations operations) {
        this.vertx = vertx;
        this.access = access;
        this.backend = backend;
        this.operations = operations;
        this.replies = new ReplySender(backend.clock());
        this.recorder = new RequestRecorder(backend.clock());
    }

    /** A URL of a file, for the client that makes the request. */
    Future<String> url(HttpServerRequest request, String id) {
        String host = request.getHeader("Host");
        String name = host.substring(0, host.lastIndexOf(':') < 0 ? host.length() : host.lastIndexOf(':'));
        return started().map(started -> "http://" + name + ":" + started.actualPort() + PATH
                + URLEncoder.encode(id, StandardCharsets.UTF_8) + "?signature=" + signature(id));
    }

    private synchronized Future<HttpServer> started() {
        if (server == null) {
            HttpServer unstarted = vertx.createHttpServer(EmulatorServer.options(access).setPort(0));
            RequestGuard guard = new RequestGuard(access, unstarted::actualPort);
            server = unstarted.requestHandler(request -> handle(request, guard)).listen();
        }
        return server;
    }

    private String signature(String id) {
        return Hash64.hex(Hash64.of(secret + id));
    }

    private void handle(HttpServerRequest request, RequestGuard guard) {
        Exchange exchange = new Exchange(request, replies, backend.requests());
        request.pause();
        try {
            guard.checkOrigin(request);
            exchange.recorded(backend.requests().received(recorder.record(request, null)));
            Route route = new Route(Operation.DOWNLOAD_FILE, id(request));
            operations.read(route, request).compose(operations::apply).onSuccess(exchange::send).onFailure(exchange::fail);
        } catch (ApiException e) {
            exchange.fail(e);
        }
    }

    private String id(HttpServerRequest request) {
        String id = request.path().startsWith(PATH) ? Route.decode(request.path().substring(PATH.length())) : "";
        String signature = request.getParam("signature");
        if (signature == null || !RequestGuard.same(signature, signature(id))) {
            throw ApiException.forbidden("The signature does not match.");
        }
        if (request.getHeader("Authorization") != null || request.getHeader("api-key") != null) {
            throw ApiException.badRequest("Only one way of authentication is allowed, and this URL is signed.", null,
                    "invalid_request");
        }
        return id;
    }
}
