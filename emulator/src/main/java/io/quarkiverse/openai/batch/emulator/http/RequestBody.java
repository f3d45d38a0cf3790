package io.quarkiverse.openai.batch.emulator.http;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.openai.batch.emulator.api.ApiException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Reads the bodies of paused requests. */
final class RequestBody {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MAX_BYTES = 1 << 20;
    private static final long MAX_BYTES_OF_ALL = Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 8);
    private static final AtomicLong BYTES_OF_ALL = new AtomicLong();

    private RequestBody() {
    }

    /**
     * The body as JSON; fails with 400 if it is none, with 413 if it has more than 1 MiB, with 503 if the bodies of all
     * requests
     * would fill too much of the heap.
     */
    static Future<JsonNode> json(HttpServerRequest request) {
        Promise<Buffer> read = Promise.promise();
        Buffer body = Buffer.buffer();
        request.handler(buffer -> {
            if (read.future().isComplete()) {
                return;
            }
            if (body.length() + buffer.length() > MAX_BYTES) {
                read.fail(ApiException.tooLarge("The body is larger than the maximum of " + MAX_BYTES + " bytes."));
            } else if (BYTES_OF_ALL.get() + buffer.length() > MAX_BYTES_OF_ALL) {
                read.fail(new ApiException(503, "server_error", "Too many requests are being read.", null, null));
            } else {
                BYTES_OF_ALL.addAndGet(buffer.length());
                body.appendBuffer(buffer);
            }
        });
        request.exceptionHandler(read::tryFail);
        request.endHandler(end -> read.tryComplete(body));
        request.resume();
        return read.future().onComplete(end -> BYTES_OF_ALL.addAndGet(-body.length())).map(RequestBody::parse);
    }

    private static JsonNode parse(Buffer body) {
        try {
            return MAPPER.readTree(body.getBytes());
        } catch (IOException e) {
            throw ApiException.badRequest("We could not parse the JSON body of your request.", null, null);
        }
    }

    /** Reads the body to its end, and drops it. */
    static Future<Void> drain(HttpServerRequest request) {
        if (request.isEnded()) {
            return Future.succeededFuture();
        }
        Promise<Void> drained = Promise.promise();
        request.handler(buffer -> {
        });
        request.exceptionHandler(drained::tryFail);
        request.endHandler(drained::tryComplete);
        request.resume();
        return drained.future();
    }
}
