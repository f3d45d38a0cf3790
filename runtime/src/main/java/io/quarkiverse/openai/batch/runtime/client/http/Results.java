package io.quarkiverse.openai.batch.runtime.client.http;

import io.quarkiverse.openai.batch.ApiResult;
import io.quarkiverse.openai.batch.BatchApiException;
import io.smallrye.mutiny.Uni;

/** Turns what came of a call into an {@link ApiResult}. */
public final class Results {

    private Results() {
    }

    public static <T> Uni<ApiResult<T>> of(Uni<Reply<T>> call) {
        return call.map(Reply::toResult)
                .onFailure(BatchApiException.class)
                .recoverWithItem(failure -> new ApiResult.Failed<>((BatchApiException) failure));
    }
}
