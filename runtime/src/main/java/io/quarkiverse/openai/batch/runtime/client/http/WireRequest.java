package io.quarkiverse.openai.batch.runtime.client.http;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;

/**
 * One HTTP request: where it goes and what its headers are, and a handle to reset it.
 * <p>
 * A request that is abandoned while it waits for a connection is never sent. The REST client alone would keep the connection
 * that it gets then, for ever.
 */
public final class WireRequest {

    /** A page of 10,000 files has some 3 MB. */
    static final int LONGEST_BODY = 32 << 20;

    private final URI uri;
    private final Map<String, String> headers;
    private final Predicate<String> isSecret;
    private HttpClientRequest sent;
    private boolean abandoned;
    private volatile HttpClientResponse answer;

    /**
     * @param headers can be added to
     * @param isSecret whether the value of a header with this name is a secret
     */
    WireRequest(URI uri, Map<String, String> headers, Predicate<String> isSecret) {
        this.uri = uri;
        this.headers = headers;
        this.isSecret = isSecret;
    }

    /** What of the request must not be read in its response. */
    Echo echo() {
        return new Echo(headers.entrySet().stream().filter(header -> isSecret.test(header.getKey())).map(Map.Entry::getValue)
                .toList());
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
        request.response().onSuccess(this::answered);
        synchronized (this) {
            if (!abandoned) {
                sent = request;
                return;
            }
        }
        request.reset();
    }

    /** The REST client reads bodies whole, without a bound, except for those that it streams with a handler of its own. */
    private void answered(HttpClientResponse response) {
        answer = response;
        AtomicLong length = new AtomicLong();
        response.handler(part -> {
            if (length.addAndGet(part.length()) > LONGEST_BODY) {
                abandon();
            }
        });
    }

    /** The answer whose head has come; null if none has. */
    HttpClientResponse answer() {
        return answer;
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
