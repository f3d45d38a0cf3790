package io.quarkiverse.openai.batch.emulator.http;

import java.util.Optional;

import io.quarkiverse.openai.batch.emulator.api.ApiException;
import io.quarkiverse.openai.batch.emulator.api.Backend;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/** Serves the API and its control interface: guard, route, read, do, reply; or misbehave. */
final class ApiServer {

    private final Vertx vertx;
    private final Backend backend;
    private final RequestGuard guard;
    private final ControlApi control;
    private final Operations operations;
    private final SignedContent signed;
    private final RequestRecorder recorder;
    private final ReplySender replies;

    ApiServer(Vertx vertx, Access access, Backend backend, RequestGuard guard, ControlApi control) {
        this.vertx = vertx;
        this.backend = backend;
        this.guard = guard;
        this.control = control;
        this.operations = new Operations(vertx, backend);
        this.signed = new SignedContent(vertx, access, backend, operations);
        this.recorder = new RequestRecorder(backend.clock());
        this.replies = new ReplySender(backend.clock());
    }

    void handle(HttpServerRequest request) {
        Exchange exchange = new Exchange(request, replies, backend.requests());
        request.pause();
        try {
            guard.checkOrigin(request);
            if (control.serves(request)) {
                control.reply(vertx, request).onSuccess(exchange::send).onFailure(exchange::fail);
            } else {
                serve(exchange);
            }
        } catch (ApiException e) {
            exchange.fail(e);
        }
    }

    private void serve(Exchange exchange) {
        HttpServerRequest request = exchange.request();
        Optional<Route> found = Route.find(request.method().name(), request.path());
        exchange.recorded(backend.requests().received(recorder.record(request, found.map(Route::operation).orElse(null))));
        Route route = found.orElseThrow(() -> Route.refusal(request.method().name(), request.path()));
        guard.checkKey(request);
        Optional<RequestFault> fault = backend.faults().next(route.operation(), route.id());
        if (fault.isPresent()) {
            Connections.keep(request);
            new FaultyExchange(vertx, operations, backend, signed, route, fault.get()).reply(request)
                    .onSuccess(reply -> exchange.send(vertx, reply, fault.get()))
                    .onFailure(exchange::fail);
        } else {
            operations.read(route, request).compose(operations::apply)
                    .onSuccess(exchange::send)
                    .onFailure(exchange::fail);
        }
    }
}
