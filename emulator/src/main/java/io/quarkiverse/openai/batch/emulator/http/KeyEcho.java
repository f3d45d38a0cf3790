package io.quarkiverse.openai.batch.emulator.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.openai.batch.emulator.api.ApiException;
import io.quarkiverse.openai.batch.emulator.api.Reply;
import io.vertx.core.http.HttpServerRequest;

/** An error that repeats the key it was asked with, as some gateways do: a client must show it nowhere. */
final class KeyEcho {

    private static final int UNAUTHORIZED = 401;

    private KeyEcho() {
    }

    /** @param status null for 401 */
    static Reply reply(HttpServerRequest request, Integer status) {
        String authorization = Optional.ofNullable(request.getHeader("Authorization"))
                .orElseGet(() -> Optional.ofNullable(request.getHeader("api-key")).orElse(""));
        Reply error = Reply.error(new ApiException(status == null ? UNAUTHORIZED : status, "invalid_request_error",
                "Incorrect API key provided: " + authorization + ".", null, "invalid_api_key " + authorization));
        Map<String, String> headers = new HashMap<>(error.headers());
        headers.put("x-request-id", "req_ " + authorization);
        headers.put("x-authorization", authorization);
        return new Reply(error.status(), headers, error.bytes(), error.file());
    }
}
