package io.quarkiverse.openai.batch.runtime.client;

import java.util.List;
import java.util.Map;

import io.quarkiverse.openai.batch.ApiResult;

/** The value of a successful call, with the status and headers that came with it. */
record Reply<T>(T value, int status, Map<String, List<String>> headers) {

    ApiResult<T> toResult() {
        return new ApiResult.Ok<>(value, status, headers);
    }
}
