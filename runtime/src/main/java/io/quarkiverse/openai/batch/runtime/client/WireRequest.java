package io.quarkiverse.openai.batch.runtime.client;

import java.net.URI;
import java.util.Map;

import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;

import io.vertx.core.http.HttpClientRequest;

/**
 * One HTTP request: where it goes and what its headers are, and, once it is on its way, a handle to reset it.
 */
public final class WireRequest {

    private final URI uri;
    private final Map<String, String> headers;
    private volatile RestClientRequestContext context;

    WireRequest(URI uri, Map<String, String> headers) {
        this.uri = uri;
        this.headers = headers;
    }

    URI uri() {
        return uri;
    }

    Map<String, String> headers() {
        return headers;
    }

    void startedIn(RestClientRequestContext requestContext) {
        this.context = requestContext;
    }

    /** Whether there was a connection to send it on; if not, the server cannot have seen it. */
    boolean isSent() {
        return context != null && context.getHttpClientRequest() != null;
    }

    /** Resets the request, and with it an answer that is being read. */
    void reset() {
        HttpClientRequest request = context == null ? null : context.getHttpClientRequest();
        if (request != null) {
            request.reset();
        }
    }
}
