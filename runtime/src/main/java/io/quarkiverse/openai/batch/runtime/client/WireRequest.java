package io.quarkiverse.openai.batch.runtime.client;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

import io.vertx.core.http.HttpClientRequest;

/**
 * One HTTP request: where it goes and what its headers are, and a handle to reset it.
 * <p>
 * A request that is abandoned while it waits for a connection is never sent. The REST client alone would keep the connection
 * that it gets then, for ever.
 */
public final class WireRequest {

    private final URI uri;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private HttpClientRequest sent;
    private boolean abandoned;

    WireRequest(URI uri, Map<String, String> headers) {
        this.uri = uri;
        this.headers.putAll(headers);
    }

    URI uri() {
        return uri;
    }

    Map<String, String> headers() {
        return headers;
    }

    void header(String name, String value) {
        headers.put(name, value);
    }

    /** There is a connection for it; nothing has been written yet. */
    void connected(HttpClientRequest request) {
        // failures come with the response; without handlers they are logged as errors too, each retried reset among them
        request.exceptionHandler(failure -> {
        });
        request.connection().exceptionHandler(failure -> {
        });
        synchronized (this) {
            if (!abandoned) {
                sent = request;
                return;
            }
        }
        request.reset();
    }

    /** Whether the server may have seen it. */
    synchronized boolean isSent() {
        return sent != null;
    }

    /** Resets the request, and with it an answer that is being read; what was not sent until now never will be. */
    void abandon() {
        HttpClientRequest toReset;
        synchronized (this) {
            abandoned = true;
            toReset = sent;
        }
        if (toReset != null) {
            toReset.reset();
        }
    }
}
