package io.quarkiverse.openai.batch.runtime.webhook;

import java.time.Duration;
import java.util.function.Consumer;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** Reads the body of a request as it is, as long as it is small and comes soon. */
final class BoundedBody {

    static final int MOST_BYTES = 256 * 1024;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final Consumer<byte[]> then;
    private final Runnable otherwise;
    private final Buffer body = Buffer.buffer();
    private long timer;
    private boolean ended;

    private BoundedBody(Vertx vertx, Consumer<byte[]> then, Runnable otherwise) {
        this.vertx = vertx;
        this.then = then;
        this.otherwise = otherwise;
    }

    /** Where the application has a body handler, it was read before. */
    static void read(RoutingContext context, Consumer<byte[]> then, Runnable otherwise) {
        if (context.body().available()) {
            Buffer read = context.body().buffer();
            if (read == null || read.length() > MOST_BYTES) {
                otherwise.run();
            } else {
                then.accept(read.getBytes());
            }
        } else {
            new BoundedBody(context.vertx(), then, otherwise).read(context.request());
        }
    }

    private void read(HttpServerRequest request) {
        timer = vertx.setTimer(LONGEST.toMillis(), late -> refuse());
        request.handler(this::add);
        request.exceptionHandler(failure -> refuse());
        request.endHandler(end -> {
            if (end()) {
                then.accept(body.getBytes());
            }
        });
        request.resume();
    }

    private void add(Buffer more) {
        if (ended) {
            return;
        }
        if (body.length() + more.length() > MOST_BYTES) {
            refuse();
        } else {
            body.appendBuffer(more);
        }
    }

    private void refuse() {
        if (end()) {
            otherwise.run();
        }
    }

    private boolean end() {
        boolean first = !ended;
        ended = true;
        vertx.cancelTimer(timer);
        return first;
    }
}
