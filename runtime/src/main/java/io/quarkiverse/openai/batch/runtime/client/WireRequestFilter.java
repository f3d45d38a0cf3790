package io.quarkiverse.openai.batch.runtime.client;

import java.util.Collection;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;

import org.jboss.resteasy.reactive.client.impl.ClientRequestContextImpl;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestFilter;

/** Gives an HTTP request the URI and headers of its {@link WireRequest}, after all other filters. */
@Priority(Priorities.USER + 10_000)
public class WireRequestFilter implements ResteasyReactiveClientRequestFilter {

    private static final String PARAMETERS = "io.quarkus.rest.client.invokedMethodParameters";

    @Override
    public void filter(ResteasyReactiveClientRequestContext context) {
        WireRequest request = request((Collection<?>) context.getProperty(PARAMETERS));
        request.startedIn(((ClientRequestContextImpl) context).getRestClientRequestContext());
        context.setUri(request.uri());
        request.headers().forEach((name, value) -> context.getHeaders().putSingle(name, value));
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
