package io.quarkiverse.openai.batch.emulator.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.openai.batch.emulator.api.ApiException;
import io.quarkiverse.openai.batch.emulator.api.Backend;
import io.quarkiverse.openai.batch.emulator.api.Effect;
import io.quarkiverse.openai.batch.emulator.api.Reply;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;
import io.quarkiverse.openai.batch.emulator.control.RequestFault.EffectClock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/** One request that is treated as a fault says. */
final class FaultyExchange {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int FOUND = 302;

    private final Vertx vertx;
    private final Operations operations;
    private final Backend backend;
    private final SignedContent signed;
    private final Route route;
    private final RequestFault fault;
    private Effect effect;

    FaultyExchange(Vertx vertx, Operations operations, Backend backend, SignedContent signed, Route route,
            RequestFault fault) {
        this.vertx = vertx;
        this.operations = operations;
        this.backend = backend;
        this.signed = signed;
        this.route = route;
        this.fault = fault;
    }

    /** What to answer; null if the connection is to end without an answer. */
    Future<Reply> reply(HttpServerRequest request) {
        Future<Effect> read = fault.readsBody() ? operations.read(route, request) : Future.succeededFuture();
        return read
                .onSuccess(readEffect -> effect = readEffect)
                .compose(readEffect -> delay(fault.delay()))
                .compose(delayed -> takeEffect())
                .compose(reply -> delay(fault.answerDelay()).map(reply))
                .compose(reply -> answer(request, reply))
                .compose(this::encoded);
    }

    private Future<Void> delay(Duration time) {
        if (time.isZero()) {
            return Future.succeededFuture();
        }
        Promise<Void> delayed = Promise.promise();
        vertx.setTimer(Math.max(1, time.toMillis()), timer -> delayed.complete());
        return delayed.future();
    }

    private Future<Reply> takeEffect() {
        if (effect == null) {
            return Future.succeededFuture();
        }
        return switch (fault.effect()) {
            case NONE -> vertx.executeBlocking(() -> {
                effect.discard();
                return null;
            }, false);
            case NOW -> operations.apply(effect).recover(FaultyExchange::errorReply);
            case LATER -> {
                putOff();
                yield Future.succeededFuture();
            }
        };
    }

    private static Future<Reply> errorReply(Throwable failure) {
        return failure instanceof ApiException error ? Future.succeededFuture(Reply.error(error))
                : Future.failedFuture(failure);
    }

    private void putOff() {
        if (fault.effectClock() == EffectClock.SYSTEM) {
            backend.lateEffects().addRealTime(effect, fault.effectDelay());
        } else {
            backend.lateEffects().add(effect, fault.effectDelay());
        }
    }

    private Future<Reply> answer(HttpServerRequest request, Reply ordinary) {
        if (fault.connection() == null && fault.status() == null && !fault.isNotFound() && !fault.isSignedUrl()
                && !fault.echoesKey()) {
            return Future.succeededFuture(withHeaders(withFields(ordinary)));
        }
        release(ordinary);
        if (fault.connection() != null) {
            return Future.succeededFuture();
        }
        if (fault.isSignedUrl()) {
            return signed.url(request, route.id()).map(this::redirect).map(this::withHeaders);
        }
        if (fault.echoesKey()) {
            return Future.succeededFuture(withHeaders(KeyEcho.reply(request, fault.status())));
        }
        return Future.succeededFuture(
                withHeaders(
                        fault.isNotFound() ? Reply.error(Operations.notFound(route, effect)) : replacement(fault.status())));
    }

    private static void release(Reply reply) {
        if (reply != null) {
            reply.release();
        }
    }

    private Reply redirect(String url) {
        return new Reply(fault.status() == null ? FOUND : fault.status(), Map.of("Location", url), new byte[0], null);
    }

    private Reply replacement(int status) {
        String body = fault.bodyText();
        if (body != null) {
            return new Reply(status, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8), null);
        }
        return Reply.error(new ApiException(status, status >= 500 ? "server_error" : "invalid_request_error",
                "This answer was ordered through the control interface.", null, null));
    }

    private Reply withFields(Reply reply) {
        if (fault.fields().isEmpty() || reply.bytes() == null) {
            return reply;
        }
        try {
            ObjectNode json = (ObjectNode) MAPPER.readTree(reply.bytes());
            return Reply.json(reply.status(), json.setAll(fault.fields()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Reply withHeaders(Reply reply) {
        Map<String, String> headers = new HashMap<>(reply.headers());
        fault.headers().forEach((name, value) -> {
            headers.keySet().removeIf(name::equalsIgnoreCase);
            headers.put(name, value);
        });
        return new Reply(reply.status(), headers, reply.bytes(), reply.file());
    }

    private Future<Reply> encoded(Reply reply) {
        return reply == null || !fault.isGzip() ? Future.succeededFuture(reply)
                : vertx.executeBlocking(() -> Gzip.of(reply, backend.files()), false);
    }
}
