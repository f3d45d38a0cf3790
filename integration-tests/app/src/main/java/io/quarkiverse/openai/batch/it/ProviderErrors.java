package io.quarkiverse.openai.batch.it;

import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import io.quarkiverse.openai.batch.BatchApiException;

/** A 404 of the provider becomes a 404; its other errors are not the caller's fault. */
class ProviderErrors {

    @ServerExceptionMapper
    Response map(BatchApiException error) {
        return Response.status(error.isNotFound() ? 404 : 502).entity(error.getMessage()).type("text/plain").build();
    }
}
