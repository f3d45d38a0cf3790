package io.quarkiverse.openai.batch.runtime.client.http;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;

import io.quarkiverse.openai.batch.ApiResult;
import io.quarkiverse.openai.batch.BatchApiException;
import io.smallrye.mutiny.Uni;

/** The value of a successful call, with the status and headers that came with it. */
public record Reply<T>(T value, int status, Map<String, List<String>> headers) {

    public <O> Reply<O> withValue(O other) {
        return new Reply<>(other, status, headers);
    }

    /** The outcome of a call as users see it; only an error of the API becomes a {@link ApiResult.Failed}. */
    public static <T> Uni<ApiResult<T>> result(Uni<Reply<T>> call) {
        return call.<ApiResult<T>> map(reply -> new ApiResult.Ok<>(reply.value, reply.status, reply.headers))
                .onFailure(BatchApiException.class)
                .recoverWithItem(failure -> new ApiResult.Failed<>((BatchApiException) failure));
    }

    /** Closes a value that is a stream, since nobody reads it. */
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
