package io.quarkiverse.openai.batch.runtime.client.http;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.client.api.ClientLogger;

import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;

/**
 * Logs requests and responses, as {@code quarkus.rest-client.logging.*} asks for, without what must not be in a log: values of
 * headers other than harmless ones, values of query parameters, and bodies.
 */
final class MaskingClientLogger implements ClientLogger {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.openai.batch.http");

    private static final Set<String> HARMLESS = Set.of("accept", "content-length", "content-type", "date", "host",
            "retry-after", "retry-after-ms", "transfer-encoding", "user-agent", "x-request-id", "x-should-retry",
            "openai-processing-ms", "openai-version");

    @Override
    public void setBodySize(int bodySize) {
        // bodies are not logged
    }

    @Override
    public void logRequest(HttpClientRequest request, Buffer body, boolean omitBody) {
        LOG.infof("Request: %s %s Headers[%s]", request.getMethod(), withoutQuery(request.absoluteURI()),
                masked(request.headers()));
    }

    @Override
    public void logResponse(HttpClientResponse response, boolean redirect) {
        LOG.infof("Response: %s %s, Status[%d], Headers[%s]", response.request().getMethod(),
                withoutQuery(response.request().absoluteURI()), response.statusCode(), masked(response.headers()));
    }

    private static String withoutQuery(String uri) {
        int query = uri.indexOf('?');
        return SafeText.of(query < 0 ? uri : uri.substring(0, query) + "?****", 500);
    }

    private static String masked(MultiMap headers) {
        StringBuilder text = new StringBuilder();
        for (String name : new TreeSet<>(headers.names())) {
            boolean harmless = HARMLESS.contains(name.toLowerCase(Locale.ROOT));
            text.append(text.isEmpty() ? "" : " ").append(SafeText.of(name, 100)).append('=')
                    .append(harmless ? SafeText.of(Echo.withoutKeys(headers.get(name)), 200) : "****");
        }
        return text.toString();
    }
}
