package io.quarkiverse.openai.batch.runtime.client.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

import org.jboss.resteasy.reactive.RestResponse;

/**
 * An operation of the API with its arguments, which can be sent any number of times.
 *
 * @param <B> the type of the response body
 * @param <T> the type of the value
 * @param operation the name of the method that users call, for messages
 * @param path the path under the base URL, percent-encoded
 * @param query parameters of this call
 * @param timeout how long an attempt may take; null for the client's read time-out
 * @param send sends the request
 * @param body reads the body of a successful response
 */
public record ApiCall<B, T>(String operation, String path, Map<String, String> query, Duration timeout,
        BiFunction<WireApi, WireRequest, CompletionStage<RestResponse<B>>> send, BodyReader<B, T> body) {

    public static <T> ApiCall<byte[], T> json(String operation, String path, Map<String, String> query, Class<T> type,
            BiFunction<WireApi, WireRequest, CompletionStage<RestResponse<byte[]>>> send) {
        return new ApiCall<>(operation, path, query, null, send, new BodyReader.Json<>(type));
    }

    public ApiCall<B, T> withTimeout(Duration attempt) {
        return new ApiCall<>(operation, path, query, attempt, send, body);
    }
}
