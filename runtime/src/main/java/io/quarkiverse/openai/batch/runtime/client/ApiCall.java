package io.quarkiverse.openai.batch.runtime.client;

import java.io.InputStream;
import java.util.Map;
import java.util.function.BiFunction;

import org.jboss.resteasy.reactive.RestResponse;

import io.smallrye.mutiny.Uni;

/**
 * An operation of the API with its arguments, which can be sent any number of times.
 *
 * @param operation the operation's name in the OpenAPI document
 * @param path the path under the base URL, percent-encoded
 * @param query parameters of this call
 * @param send sends it
 * @param answer what is made of a successful answer
 */
record ApiCall<T>(String operation, String path, Map<String, String> query,
        BiFunction<WireApi, WireRequest, Uni<RestResponse<InputStream>>> send, Answer<T> answer) {

    static <T> ApiCall<T> json(String operation, String path, Map<String, String> query, Class<T> type,
            BiFunction<WireApi, WireRequest, Uni<RestResponse<InputStream>>> send) {
        return new ApiCall<>(operation, path, query, send, new Answer.Json<>(type));
    }
}
