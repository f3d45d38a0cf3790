package io.quarkiverse.openai.batch.it;

import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import io.quarkiverse.openai.batch.BatchApiException;

/** What the provider does not find is not found here either; anything else of its errors is no fault of the caller's. */
class ProviderErrors {

    @ServerExceptionMapper
    Response map(BatchApiException error) {
        return Response.status(error.isNotFound() ? 404 : 502).entity(error.getMessage()).type("text/plain").build();
    }
}
