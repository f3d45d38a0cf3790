package io.quarkiverse.openai.batch.runtime.client.http;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

import org.jboss.resteasy.reactive.RestResponse;

/**
 * An operation of the API with its arguments, which can be sent any number of times.
 *
 * @param <B> as what the body of its answer comes
 * @param operation the operation's name in the OpenAPI document
 * @param path the path under the base URL, percent-encoded
 * @param query parameters of this call
 * @param send sends it
 * @param answer what is made of a successful answer
 */
public record ApiCall<B, T>(String operation, String path, Map<String, String> query,
        BiFunction<WireApi, WireRequest, CompletionStage<RestResponse<B>>> send, BodyReader<B, T> answer) {

    public static <T> ApiCall<byte[], T> json(String operation, String path, Map<String, String> query, Class<T> type,
            BiFunction<WireApi, WireRequest, CompletionStage<RestResponse<byte[]>>> send) {
        return new ApiCall<>(operation, path, query, send, new BodyReader.Json<>(type));
    }
}
