package io.quarkiverse.openai.batch.emulator.http;

import java.io.IOException;

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

    private RequestBody() {
    }

    /** The body as JSON; fails with 400 if it is none, with 413 if it has more than 1 MiB. */
    static Future<JsonNode> json(HttpServerRequest request) {
        Promise<Buffer> read = Promise.promise();
        Buffer body = Buffer.buffer();
        request.handler(buffer -> {
            if (body.length() + buffer.length() <= MAX_BYTES) {
                body.appendBuffer(buffer);
            } else {
                read.tryFail(ApiException.tooLarge("The body is larger than the maximum of " + MAX_BYTES + " bytes."));
            }
        });
        request.exceptionHandler(read::tryFail);
        request.endHandler(end -> read.tryComplete(body));
        request.resume();
        return read.future().map(RequestBody::parse);
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
