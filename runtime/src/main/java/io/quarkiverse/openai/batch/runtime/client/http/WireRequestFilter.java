package io.quarkiverse.openai.batch.runtime.client.http;

import java.util.Collection;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;

import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestFilter;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;

/** Gives an HTTP request the URI and headers of its {@link WireRequest}, after all other filters. */
@Priority(Priorities.USER + 10_000)
public class WireRequestFilter implements ResteasyReactiveClientRequestFilter {

    private static final String PARAMETERS = "io.quarkus.rest.client.invokedMethodParameters";

    @Override
    public void filter(ResteasyReactiveClientRequestContext context) {
        WireRequest request = request((Collection<?>) context.getProperty(PARAMETERS));
        context.getContext().putLocal(WireRequest.class, request);
        context.setUri(request.uri());
        request.headers().forEach((name, value) -> context.getHeaders().putSingle(name, value));
    }

    /** Called on the context that the REST client has for each invocation, once there is a connection. */
    static void connected(HttpClientRequest request) {
        Vertx.currentContext().<WireRequest> getLocal(WireRequest.class).connected(request);
    }

    private static WireRequest request(Collection<?> parameters) {
        for (Object parameter : parameters) {
            if (parameter instanceof WireRequest request) {
                return request;
            }
        }
        throw new IllegalStateException("A call of WireApi without a WireRequest");
    }
}
