package io.quarkiverse.openai.batch.emulator.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.quarkiverse.openai.batch.emulator.api.ApiException;
import io.quarkiverse.openai.batch.emulator.api.Effect;
import io.quarkiverse.openai.batch.emulator.api.LateEffects;
import io.quarkiverse.openai.batch.emulator.api.Reply;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;
import io.quarkiverse.openai.batch.emulator.control.RequestFault.EffectClock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/** One request that is treated as a fault says. */
final class FaultyExchange {

    private final Vertx vertx;
    private final Operations operations;
    private final LateEffects lateEffects;
    private final Route route;
    private final RequestFault fault;
    private Effect effect;

    FaultyExchange(Vertx vertx, Operations operations, LateEffects lateEffects, Route route, RequestFault fault) {
        this.vertx = vertx;
        this.operations = operations;
        this.lateEffects = lateEffects;
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
                .map(this::answer);
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
            lateEffects.addRealTime(effect, fault.effectDelay());
        } else {
            lateEffects.add(effect, fault.effectDelay());
        }
    }

    private Reply answer(Reply ordinary) {
        if (fault.connection() != null || fault.status() != null || fault.isNotFound()) {
            release(ordinary);
        }
        if (fault.connection() != null) {
            return null;
        }
        if (fault.isNotFound()) {
            return withHeaders(Reply.error(Operations.notFound(route, effect)));
        }
        return withHeaders(fault.status() == null ? ordinary : replacement(fault.status()));
    }

    private static void release(Reply reply) {
        if (reply != null) {
            reply.release();
        }
    }

    private Reply replacement(int status) {
        String body = fault.bodyText();
        if (body != null) {
            return new Reply(status, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8), null);
        }
        return Reply.error(new ApiException(status, status >= 500 ? "server_error" : "invalid_request_error",
                "This answer was ordered through the control interface.", null, null));
    }

    private Reply withHeaders(Reply reply) {
        Map<String, String> headers = new HashMap<>(reply.headers());
        fault.headers().forEach((name, value) -> {
            headers.keySet().removeIf(name::equalsIgnoreCase);
            headers.put(name, value);
        });
        return new Reply(reply.status(), headers, reply.bytes(), reply.file());
    }
}
