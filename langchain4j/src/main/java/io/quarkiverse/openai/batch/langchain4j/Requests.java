package io.quarkiverse.openai.batch.langchain4j;

import java.util.List;
import java.util.function.Function;

import dev.langchain4j.exception.UnsupportedFeatureException;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.RequestBody;

/** The requests of a batch and their lines. The custom id of a line tells its position, counted from 1. */
final class Requests {

    private Requests() {
    }

    /**
     * Makes each body once, and keeps none.
     *
     * @throws IllegalArgumentException if there are no requests, or one is null or cannot be sent
     * @throws UnsupportedFeatureException if one has something that is not supported
     */
    static <R> List<R> checked(List<R> requests, Function<R, RequestBody<?>> body) {
        if (requests.isEmpty()) {
            throw new IllegalArgumentException("A batch needs at least one request");
        }
        for (int index = 0; index < requests.size(); index++) {
            check(requests.get(index), index + 1, body);
        }
        return requests;
    }

    private static <R> void check(R request, int position, Function<R, RequestBody<?>> body) {
        if (request == null) {
            throw new IllegalArgumentException("Request " + position + " is null");
        }
        try {
            body.apply(request);
        } catch (UnsupportedFeatureException e) {
            throw new UnsupportedFeatureException("Request " + position + " cannot be sent: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Request " + position + " cannot be sent: " + e.getMessage(), e);
        }
    }

    static BatchRequest line(int index, RequestBody<?> body) {
        return BatchRequest.of("request-" + (index + 1), body);
    }
}
