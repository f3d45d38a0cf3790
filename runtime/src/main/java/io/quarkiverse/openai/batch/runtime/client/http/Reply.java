package io.quarkiverse.openai.batch.runtime.client.http;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;

import io.quarkiverse.openai.batch.ApiResult;

/** The value of a successful call, with the status and headers that came with it. */
public record Reply<T>(T value, int status, Map<String, List<String>> headers) {

    public <O> Reply<O> withValue(O other) {
        return new Reply<>(other, status, headers);
    }

    ApiResult<T> toResult() {
        return new ApiResult.Ok<>(value, status, headers);
    }

    /** Nobody wants it any more: a stream is closed. */
    void discard() {
        if (value instanceof Closeable stream) {
            try {
                stream.close();
            } catch (IOException e) {
                // nobody would read on
            }
        }
    }
}
